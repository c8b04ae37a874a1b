import { ScatterplotLayer } from '@deck.gl/layers'

interface RingProps<Datum> {
  /** Part of the ring that is left, 0 to 1, clockwise from the top. */
  getPart?: ((row: Datum) => number) | number
}

/**
 * A disc whose ring empties: ScatterplotLayer's stroke, dimmed by angle in the fragment shader where the time is gone. One quad
 * per disc, no geometry, no second layer for the dim part.
 */
export class RingLayer<Datum = unknown> extends ScatterplotLayer<Datum, Required<RingProps<Datum>>> {
  static override layerName = 'RingLayer'
  static override defaultProps = { ...ScatterplotLayer.defaultProps, getPart: { type: 'accessor', value: 1 } }

  override getShaders(): ReturnType<ScatterplotLayer['getShaders']> {
    const shaders = super.getShaders()
    return {
      ...shaders,
      inject: {
        'vs:#decl': 'in float instanceParts; out float ringPart; out vec3 ringGround;',
        'vs:#main-end': 'ringPart = instanceParts; ringGround = vFillColor.rgb;',
        'fs:#decl': 'in float ringPart; in vec3 ringGround;',
        'fs:DECKGL_FILTER_COLOR': `
          float turn = fract(atan(geometry.uv.x, geometry.uv.y) / 6.28318530718 + 1.0);
          if (turn > ringPart) color.rgb = mix(ringGround, color.rgb, 0.26);
        `,
      },
    }
  }

  override initializeState(): void {
    super.initializeState()
    this.getAttributeManager()?.addInstanced({ instanceParts: { size: 1, accessor: 'getPart', defaultValue: 1 } })
  }
}
