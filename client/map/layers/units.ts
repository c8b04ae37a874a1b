import type { Layer } from '@deck.gl/core'
import type { LonLat } from '../../../geo/earth.ts'
import { fixAgeSeconds, freshness } from '../../../geo/track/freshness.ts'
import type { Freshness } from '../../../geo/track/freshness.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import { outlineOf, unitState } from '../../signs/unit_shapes.ts'
import type { UnitState } from '../../signs/unit_shapes.ts'
import type { Picture, Track } from '../../state/picture.ts'
import { COLOUR, rgb } from '../../theme/colours.ts'
import { UNIT_SIGN_PX, unitKey, type SignAtlas } from '../signs/atlas.ts'
import { colours, doubled, floats, places } from './columns.ts'
import { SignLayer } from './sign_layer.ts'

/** Pixels at 1080p. */
export const UNIT_SIZE = UNIT_SIGN_PX
/** A free one's part of that. */
const FREE_SIZE = 0.62

/** Of the theme shown when it is asked. */
const tones = () => {
  const going = rgb(COLOUR.unit)
  const free = rgb(COLOUR.idle)
  return { going: [...going, 255], going_lost: [...going, 150], free: [...free, 255], free_lost: [...free, 150] }
}

/** A unit as it is drawn; the same object as long as the unit is shown. */
export interface UnitMark {
  readonly id: string
  callsign: string
  state: UnitState
  busy: boolean
  moving: boolean
  place: LonLat
  freshness: Freshness
  /** Null: no fix; it stands at its post. */
  age_seconds: number | null
}

/** Neither a fix nor a post: nothing to draw, and no word of it. */
export const NOWHERE: LonLat = [0, 0]

/** Where units are shown (movers.ts). */
type Shown = ReadonlyMap<string, LonLat>

const isShown = (unit: Unit) => unit.duty === 'on' || unit.incident_id !== null

/**
 * Units worth a mark: on duty or on a job. Lost ones stay, outlined, where they were last seen; one that never sent a fix
 * stands outlined at its post, which is all that is known. Written in place; the layer stays as long as nothing in it changes.
 */
export class UnitSigns {
  /** The busy ones last: they lie on top. */
  readonly marks: UnitMark[] = []
  private readonly held = new Map<string, UnitMark>()
  private readonly place = places()
  private readonly tint = colours()
  private readonly angle = floats()
  private readonly size = floats()
  private readonly sign = floats(7)
  private keys: string[] = []
  private made: SignLayer | null = null
  private tone = tones()
  /** Moved since they were last brought to the graphics card. */
  private moved = false
  private doubles = new Float32Array(0)

  /** Which units there are, or what they do, changed. */
  arrange({ units }: Picture): void {
    this.marks.length = 0
    for (const unit of units.values()) {
      if (!isShown(unit)) continue
      const held = this.held.get(unit.id) ?? newMark(unit)
      held.callsign = unit.callsign
      held.busy = unit.incident_id !== null
      this.held.set(unit.id, held)
      this.marks.push(held)
    }
    if (this.held.size > this.marks.length) {
      const shown = new Set(this.marks.map((mark) => mark.id))
      for (const id of this.held.keys()) if (!shown.has(id)) this.held.delete(id)
    }
    this.marks.sort((a, b) => Number(a.busy) - Number(b.busy))
    this.made = null
  }

  /** Writes what is known at `now` (server time, epoch ms); answers whether the picture changed. */
  show(picture: Picture, shown: Shown, now: number, atlas: SignAtlas): boolean {
    const { marks, tone } = this
    for (const column of [this.place, this.tint, this.angle, this.size, this.sign]) column.fit(marks.length)
    for (let row = 0; row < marks.length; row++) {
      const mark = marks[row]
      const unit = picture.units.get(mark.id)
      if (!unit) continue
      const track = picture.tracks.get(mark.id)
      const place = track && shown.get(mark.id)
      mark.state = unitState(unit, picture.returning(mark.id, now))
      if (track && place) standByFix(mark, track, place, now)
      else standAtPost(mark, unit)
      this.place.put2(row, mark.place[0], mark.place[1])
      const lost = mark.freshness === 'lost'
      this.tint.put(row, mark.busy ? (lost ? tone.going_lost : tone.going) : lost ? tone.free_lost : tone.free)
      this.size.put1(row, mark.place === NOWHERE ? 0 : mark.busy || mark.state === 'returning' ? 1 : FREE_SIZE)
      const heading = mark.moving ? (track?.motion.heading ?? null) : null
      const turns =
        heading !== null && (mark.state === 'en_route' || mark.state === 'returning' || mark.state === 'free')
      this.angle.put1(row, turns ? -heading : 0)
      const key = unitKey(outlineOf(mark.state, heading !== null), mark.freshness !== 'fresh')
      if (this.keys[row] !== key) {
        this.keys[row] = key
        atlas.write(this.sign.numbers as Float32Array, row, key)
        this.sign.touch()
      }
    }
    this.keys.length = marks.length
    const { place, tint, angle, size, sign } = this
    if (tint.changed || size.changed || sign.changed) this.made = null
    this.moved ||= place.changed || angle.changed
    return this.made === null || this.moved
  }

  /** Only where they are, for the frames between: places are written in place by whoever moves them. */
  follow(): void {
    const { marks, place } = this
    for (let row = 0; row < marks.length; row++) place.put2(row, marks[row].place[0], marks[row].place[1])
    this.moved ||= place.changed
  }

  /** The signs stand elsewhere in a new atlas, another theme may be shown, and layers die with their context. */
  again(): void {
    this.keys = []
    this.tone = tones()
    this.made = null
  }

  layer(scale: number, atlas: SignAtlas): Layer {
    if (this.made && this.moved && !this.move(this.made)) this.made = null
    this.moved = false
    return (this.made ??= this.make(scale, atlas))
  }

  private move(layer: SignLayer): boolean {
    const { place, angle, marks } = this
    this.doubles = doubled(place.numbers as Float64Array, marks.length, this.doubles)
    const angles = angle.numbers.subarray(0, marks.length) as Float32Array<ArrayBuffer>
    if (!layer.move(this.doubles, angles)) return false
    place.brought()
    angle.brought()
    return true
  }

  private make(scale: number, atlas: SignAtlas): SignLayer {
    return new SignLayer({
      id: 'unit',
      data: {
        length: this.marks.length,
        attributes: {
          getPosition: this.place.binary(),
          getColor: this.tint.binary(),
          getAngle: this.angle.binary(),
          getSize: this.size.binary(),
          getSign: this.sign.binary(),
        },
      },
      iconAtlas: atlas.canvas as unknown as string,
      iconMapping: {},
      sizeUnits: 'pixels',
      sizeScale: UNIT_SIZE * scale,
    })
  }
}

function standByFix(mark: UnitMark, { last, motion }: Track, place: LonLat, now: number): void {
  mark.place = place
  mark.moving = motion.speed_mps > 0
  mark.age_seconds = fixAgeSeconds(last.at, now)
  mark.freshness = freshness(mark.age_seconds)
}

/** All that is known of a unit that never sent a fix. */
function standAtPost(mark: UnitMark, unit: Unit): void {
  const post = unit.station_location?.coordinates
  mark.place = post ? [post[0], post[1]] : NOWHERE
  mark.moving = false
  mark.age_seconds = null
  mark.freshness = 'lost'
}

const newMark = ({ id, callsign }: Unit): UnitMark => ({
  id,
  callsign,
  state: 'free',
  busy: false,
  moving: false,
  place: NOWHERE,
  freshness: 'lost',
  age_seconds: null,
})
