import type { Layer } from '@deck.gl/core'
import { PathStyleExtension } from '@deck.gl/extensions'
import type { PathStyleExtensionProps } from '@deck.gl/extensions'
import { PathLayer } from '@deck.gl/layers'
import { COLOUR, rgb } from '../../theme/colours.ts'

/** Who goes where: from the unit's shown place to its incident, as the crow flies, hence dotted. */
export interface Way {
  from: readonly [number, number]
  to: readonly [number, number]
  /** On the road already, or still at its post. */
  under_way: boolean
}

const dots = new PathStyleExtension({ dash: true })

export function wayLayers(ways: readonly Way[], scale: number): Layer[] {
  return [
    new PathLayer<Way, PathStyleExtensionProps<Way>>({
      id: 'way',
      data: ways,
      getPath: (w) => [
        [w.from[0], w.from[1]],
        [w.to[0], w.to[1]],
      ],
      positionFormat: 'XY',
      widthUnits: 'pixels',
      getWidth: 4 * scale,
      getColor: (w) => [...rgb(COLOUR.unit), w.under_way ? 255 : 140],
      capRounded: true,
      getDashArray: [0.2, 2.6],
      extensions: [dots],
    }),
  ]
}
