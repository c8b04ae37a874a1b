import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import { COLOUR, rgb } from '../../theme/colours.ts'
import { colours, floats, places } from './columns.ts'

/** A circle smaller than this says nothing that the sign itself does not cover. */
export const UNCERTAIN_FROM_M = 120
/** Of the theme shown when it is asked. */
const tones = () => ({
  unit: [...rgb(COLOUR.unit), 90],
  incident: [...rgb(COLOUR.text), 90],
  fill: [...rgb(COLOUR.soft), 14] as [number, number, number, number],
})

/** How far off a place may be, where that is far: a faint circle of that radius, in metres of the ground. */
export class Uncertainty {
  private readonly place = places()
  private readonly radius = floats()
  private readonly line = colours()
  private count = 0
  private written = 0
  private made: Layer | null = null
  private tones = tones()

  begin(): void {
    this.written = 0
  }

  add(lon: number, lat: number, accuracy_m: number, of: 'unit' | 'incident'): void {
    const row = this.written++
    for (const column of [this.place, this.radius, this.line]) column.fit(this.written)
    this.place.put2(row, lon, lat)
    this.radius.put1(row, accuracy_m)
    this.line.put(row, this.tones[of])
  }

  /** Whether the picture changed. */
  end(): boolean {
    if (this.written !== this.count || this.place.changed || this.radius.changed || this.line.changed) this.made = null
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
      id: 'uncertain',
      data: {
        length: this.count,
        attributes: {
          getPosition: this.place.binary(),
          getRadius: this.radius.binary(),
          getLineColor: this.line.binary(),
        },
      },
      radiusUnits: 'meters',
      lineWidthUnits: 'pixels',
      stroked: true,
      getFillColor: this.tones.fill,
      getLineWidth: 1.5 * scale,
    }))
  }
}
