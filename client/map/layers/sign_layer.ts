import { IconLayer } from '@deck.gl/layers'
import { DEF_SIZE } from '../signs/atlas.ts'

/** Bound by deck.gl to the attribute below: seven floats a row, as SignAtlas writes them. */
interface SignProps {
  getSign?: unknown
}

/** An IconLayer that takes its icons as numbers: five thousand of them are one typed array instead of so many look-ups. */
export class SignLayer extends IconLayer<unknown, SignProps> {
  static override layerName = 'SignLayer'
  static override defaultProps = {
    ...IconLayer.defaultProps,
    getSign: { type: 'accessor', value: [0, 0, 0, 0, 0, 0, 1] },
  }

  override initializeState(): void {
    super.initializeState()
    const attributes = this.getAttributeManager()
    attributes?.remove(['instanceIconDefs'])
    attributes?.addInstanced({
      instanceIconDefs: {
        size: DEF_SIZE,
        accessor: 'getSign',
        shaderAttributes: {
          instanceOffsets: { size: 2, elementOffset: 0 },
          instanceIconFrames: { size: 4, elementOffset: 2 },
          instanceColorModes: { size: 1, elementOffset: 6 },
        },
      },
    })
  }
}
