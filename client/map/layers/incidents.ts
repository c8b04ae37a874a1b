import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../geo/earth.ts'
import { AGENT_LIMIT_SECONDS, OPD_LIMIT_SECONDS } from '../../../geo/sla/limits.ts'
import type { IncidentType } from '../../../geo/wire/masterdata.ts'
import { isAlarming } from '../../state/urgency.ts'
import type { Urgent } from '../../state/urgency.ts'
import { COLOUR, rgb } from '../../theme/colours.ts'
import { TYPE_SIGN_PX, typeKey, type SignAtlas } from '../signs/atlas.ts'
import { colours, floats, places } from './columns.ts'
import { RingLayer } from './ring_layer.ts'
import { SignLayer } from './sign_layer.ts'

/** Pixels at 1080p. The disc is wide enough that its sign can be read from the front row. */
export const INCIDENT_RADIUS = 21
const RING_WIDTH = 5.5
/** The ring moves in steps, so that a running clock repaints the map twice a minute and not twice a second. */
const STEPS = 60

const TONE: Record<Urgent['state'], keyof typeof COLOUR> = {
  breached: 'breached',
  warning: 'warning',
  running: 'soft',
  unknown: 'faint',
  met: 'faint',
}
/** Of the theme shown when it is asked. */
function tones() {
  const rows = (alpha: number) =>
    Object.fromEntries(Object.entries(TONE).map(([state, name]) => [state, [...rgb(COLOUR[name]), alpha]])) as Record<
      Urgent['state'],
      number[]
    >
  const ring = rows(255)
  const disc: [number, number, number, number] = [...rgb(COLOUR.ground), 245]
  return { ring, glow: rows(46), sign: { ...ring, running: [...rgb(COLOUR.text), 255] }, disc }
}

/** What is left of the stage, 0 to 1 in steps; a breached ring is full again, in red. */
export function ringPart(u: Urgent): number {
  if (u.state === 'breached') return 1
  const left = u.clock?.remaining_seconds ?? null
  const limit = u.stage === 'agent' ? AGENT_LIMIT_SECONDS : OPD_LIMIT_SECONDS
  return left === null ? 0 : Math.ceil((Math.max(0, left) / limit) * STEPS) / STEPS
}

/**
 * Open incidents as discs with the sign of their type and the ring of their clock: typed arrays written in place, layers that stay
 * as long as nothing in them changes. Calmest first, so that the urgent lie on top.
 */
export class IncidentSigns {
  /** Where each lies, calmest first. */
  readonly placed: LonLat[] = []
  private readonly place = places()
  private readonly ring = colours()
  private readonly glow = colours()
  private readonly tint = colours()
  private readonly part = floats()
  private readonly sign = floats(7)
  private keys: string[] = []
  private count = 0
  private alarming = 0
  private made: Layer[] | null = null
  private tone = tones()

  /** Whether the picture changed. `list` most urgent first. */
  show(list: readonly Urgent[], types: ReadonlyMap<string, IncidentType>, atlas: SignAtlas): boolean {
    const count = list.length
    if (count !== this.count) this.made = null
    for (const column of [this.place, this.ring, this.glow, this.tint, this.part, this.sign]) column.fit(count)
    let alarming = 0
    for (let row = 0; row < count; row++) {
      const u = list[count - 1 - row]
      const at = u.incident.location.coordinates
      this.placed[row] = at as LonLat
      this.place.put2(row, at[0], at[1])
      this.ring.put(row, this.tone.ring[u.state])
      this.glow.put(row, this.tone.glow[u.state])
      this.tint.put(row, this.tone.sign[u.state])
      this.part.put1(row, ringPart(u))
      const key = typeKey(u.incident.incident_type, types.get(u.incident.incident_type)?.letter ?? '?')
      if (this.keys[row] !== key) {
        this.keys[row] = key
        atlas.write(this.sign.numbers as Float32Array, row, key)
        this.sign.touch()
      }
      if (isAlarming(u)) alarming++
    }
    this.placed.length = this.keys.length = count
    if (this.place.changed || this.ring.changed || this.part.changed || this.sign.changed || alarming !== this.alarming)
      this.made = null
    this.count = count
    this.alarming = alarming
    return this.made === null
  }

  /** The signs stand elsewhere in a new atlas, another theme may be shown, and layers die with their context. */
  again(): void {
    this.keys = []
    this.tone = tones()
    this.made = null
  }

  /** The same layers until something changed. */
  layers(scale: number, atlas: SignAtlas): Layer[] {
    return (this.made ??= this.make(scale, atlas))
  }

  private make(scale: number, atlas: SignAtlas): Layer[] {
    const radius = INCIDENT_RADIUS * scale
    const calm = this.count - this.alarming
    return [
      new ScatterplotLayer({
        id: 'incident-glow',
        // The list is sorted by state: those that need somebody are its last rows here.
        data: {
          length: this.alarming,
          attributes: { getPosition: this.place.from(calm), getFillColor: this.glow.from(calm) },
        },
        radiusUnits: 'pixels',
        getRadius: radius * 2,
      }),
      new RingLayer({
        id: 'incident-ring',
        data: {
          length: this.count,
          attributes: {
            getPosition: this.place.binary(),
            getLineColor: this.ring.binary(),
            getPart: this.part.binary(),
          },
        },
        radiusUnits: 'pixels',
        lineWidthUnits: 'pixels',
        stroked: true,
        getFillColor: this.tone.disc,
        getRadius: radius,
        getLineWidth: RING_WIDTH * scale,
      }),
      new SignLayer({
        id: 'incident-sign',
        data: {
          length: this.count,
          attributes: {
            getPosition: this.place.binary(),
            getColor: this.tint.binary(),
            getSign: this.sign.binary(),
          },
        },
        iconAtlas: atlas.canvas as unknown as string,
        iconMapping: {},
        sizeUnits: 'pixels',
        getSize: TYPE_SIGN_PX * scale,
      }),
    ]
  }
}
