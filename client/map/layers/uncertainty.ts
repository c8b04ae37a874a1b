import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import { COLOUR, rgb } from '../../theme/colours.ts'
import { colours, floats, places } from './columns.ts'

/** A circle smaller than this says nothing that the sign itself does not cover. */
export const UNCERTAIN_FROM_M = 120
const UNIT: number[] = [...rgb(COLOUR.unit), 90]
const INCIDENT: number[] = [...rgb(COLOUR.text), 90]
const FILL: [number, number, number, number] = [150, 170, 180, 14]

/** How far off a place may be, where that is far: a faint circle of that radius, in metres of the ground. */
export class Uncertainty {
  private readonly place = places()
  private readonly radius = floats()
  private readonly line = colours()
  private count = 0
  private written = 0
  private made: Layer | null = null

  begin(): void {
    this.written = 0
  }

  add(lon: number, lat: number, accuracy_m: number, of: 'unit' | 'incident'): void {
    const row = this.written++
    for (const column of [this.place, this.radius, this.line]) column.fit(this.written)
    this.place.put2(row, lon, lat)
    this.radius.put1(row, accuracy_m)
    this.line.put(row, of === 'unit' ? UNIT : INCIDENT)
  }

  /** Whether the picture changed. */
  end(): boolean {
    if (this.written !== this.count || this.place.changed || this.radius.changed || this.line.changed) this.made = null
    this.count = this.written
    return this.made === null
  }

  again(): void {
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
      getFillColor: FILL,
      getLineWidth: 1.5 * scale,
    }))
  }
}
