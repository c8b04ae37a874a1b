import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../geo/earth.ts'
import { COLOUR, rgb } from '../../theme/colours.ts'
import { colours, places } from './columns.ts'

/** Pixels at 1080p between two dots, and their size. */
const STEP_PX = 11
const RADIUS_PX = 2.2
/** A way of more dots than this crosses the whole city; further ones would only be paint. */
const MOST_DOTS = 400
/** Of the theme shown when it is asked: on the road already, or still at its post. */
const tones = () => ({ under_way: [...rgb(COLOUR.unit), 255], waiting: [...rgb(COLOUR.unit), 130] })

/** Who goes where, as dots: along the road where the way is known, else as the crow flies. Written anew when a way or a unit moved. */
export class Ways {
  private readonly place = places()
  private readonly tone = colours()
  private tones = tones()
  private count = 0
  private written = 0
  private made: Layer | null = null

  begin(): void {
    this.written = 0
  }

  /** From `from_m` metres along the line on; `metres` are the measures of its coordinates, `pixel_m` what a pixel at 1080p is. */
  add(line: readonly LonLat[], metres: readonly number[], from_m: number, pixel_m: number, under_way: boolean): void {
    const step_m = STEP_PX * pixel_m
    const total = metres[metres.length - 1]
    const tone = under_way ? this.tones.under_way : this.tones.waiting
    let high = 1
    let dots = 0
    // Counted from the far end, so that a dot stays where it is while the unit comes on.
    const first = total - Math.floor((total - from_m) / step_m) * step_m
    for (let at = first; at < total && dots < MOST_DOTS; at += step_m, dots++) {
      while (high < line.length - 1 && metres[high] < at) high++
      const span = metres[high] - metres[high - 1]
      const part = span === 0 ? 0 : (at - metres[high - 1]) / span
      const [a, b] = [line[high - 1], line[high]]
      const row = this.written++
      this.place.fit(this.written)
      this.tone.fit(this.written)
      this.place.put2(row, a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
      this.tone.put(row, tone)
    }
  }

  end(): boolean {
    if (this.written !== this.count || this.place.changed || this.tone.changed) this.made = null
    this.count = this.written
    return this.made === null
  }

  /** Another theme may be shown, and layers die with their context. */
  again(): void {
    this.tones = tones()
    this.made = null
  }

  layer(scale: number): Layer {
    return (this.made ??= new ScatterplotLayer({
      id: 'way',
      data: {
        length: this.count,
        attributes: { getPosition: this.place.binary(), getFillColor: this.tone.binary() },
      },
      radiusUnits: 'pixels',
      getRadius: RADIUS_PX * scale,
    }))
  }
}
