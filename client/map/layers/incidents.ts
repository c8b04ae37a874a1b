import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer, TextLayer } from '@deck.gl/layers'
import { COLOUR, rgb } from '../../theme/colours.ts'
import type { Rgb } from '../../theme/colours.ts'
import { AGENT_LIMIT_SECONDS, OPD_LIMIT_SECONDS } from '../../../geo/sla/limits.ts'
import type { Urgent } from '../../state/urgency.ts'
import { RingLayer } from './ring_layer.ts'

/** Pixels at 1080p. The disc is wide enough that its letter can be read from the front row. */
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
const tone = (state: Urgent['state']): Rgb => rgb(COLOUR[TONE[state]])

export interface IncidentMark {
  id: string
  place: readonly [number, number]
  letter: string
  state: Urgent['state']
  /** What is left of the stage, 0 to 1; a breached ring is full again, in red. */
  part: number
}

export function incidentMark(u: Urgent, letter: string): IncidentMark {
  const limit = u.stage === 'agent' ? AGENT_LIMIT_SECONDS : OPD_LIMIT_SECONDS
  const left = u.clock?.remaining_seconds ?? null
  const part = u.state === 'breached' ? 1 : left === null ? 0 : Math.ceil((Math.max(0, left) / limit) * STEPS) / STEPS
  const [lon, lat] = u.incident.location.coordinates
  return { id: u.incident.id, place: [lon, lat], letter, state: u.state, part }
}

/** Are two sets of marks the same picture? */
export const sameMarks = (a: readonly IncidentMark[], b: readonly IncidentMark[]) =>
  a.length === b.length &&
  a.every((m, i) => {
    const n = b[i]
    return (
      m.id === n.id &&
      m.state === n.state &&
      m.part === n.part &&
      m.letter === n.letter &&
      m.place[0] === n.place[0] &&
      m.place[1] === n.place[1]
    )
  })

/** Incidents as discs with the type's letter and the ring of their clock. `marks` calmest first: the urgent lie on top. */
export function incidentLayers(marks: readonly IncidentMark[], scale: number, letters: string): Layer[] {
  const positions = new Float64Array(marks.length * 3)
  const tones = new Uint8Array(marks.length * 4)
  const rims = new Uint8Array(marks.length * 4)
  const parts = new Float32Array(marks.length)
  marks.forEach((mark, i) => {
    positions.set([mark.place[0], mark.place[1], 0], i * 3)
    tones.set([...tone(mark.state), 255], i * 4)
    rims.set([...tone(mark.state), mark.state === 'breached' || mark.state === 'warning' ? 70 : 60], i * 4)
    parts[i] = mark.part
  })
  const data = {
    length: marks.length,
    attributes: {
      getPosition: { value: positions, size: 3 },
      getLineColor: { value: tones, size: 4, normalized: true },
    },
  }
  const alarming = marks.filter((m) => m.state === 'breached' || m.state === 'warning')
  const radius = INCIDENT_RADIUS * scale
  return [
    new ScatterplotLayer<IncidentMark>({
      id: 'incident-glow',
      data: alarming,
      radiusUnits: 'pixels',
      getRadius: radius * 2,
      antialiasing: true,
      getPosition: (m) => [m.place[0], m.place[1]],
      getFillColor: (m) => [...tone(m.state), 46],
    }),
    new ScatterplotLayer({
      id: 'incident-disc',
      data: {
        length: marks.length,
        attributes: {
          getPosition: { value: positions, size: 3 },
          getLineColor: { value: rims, size: 4, normalized: true },
        },
      },
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      stroked: true,
      getRadius: radius,
      getLineWidth: RING_WIDTH * scale,
      getFillColor: [...rgb(COLOUR.ground), 245],
    }),
    new RingLayer({
      id: 'incident-ring',
      data: { ...data, attributes: { ...data.attributes, getPart: { value: parts, size: 1 } } },
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      filled: false,
      stroked: true,
      getRadius: radius,
      getLineWidth: RING_WIDTH * scale,
    }),
    new TextLayer<IncidentMark>({
      id: 'incident-sign',
      data: marks,
      getText: (m) => m.letter,
      getPosition: (m) => [m.place[0], m.place[1]],
      getColor: (m) => (m.state === 'running' ? rgb(COLOUR.text) : tone(m.state)),
      getSize: 25 * scale,
      fontFamily: 'Inter',
      fontWeight: 700,
      characterSet: letters,
      fontSettings: { fontSize: 64, buffer: 4 },
    }),
  ]
}
