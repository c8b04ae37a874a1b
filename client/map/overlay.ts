import type { Deck, Layer } from '@deck.gl/core'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as MapLibreMap } from 'maplibre-gl'

/** The overlay keeps its Deck to itself; painting at once needs it. */
interface WithDeck {
  _deck?: Deck & { layerManager: { updateLayers(): void } | null }
}

/**
 * deck.gl over the map on a canvas of its own. When that canvas loses its WebGL context (deck.gl says nothing then, the
 * layers just vanish) the whole overlay is made anew with the layers shown last.
 */
export class Overlay {
  private overlay: MapLibreOverlay
  private layers: Layer[] = []
  private rebuild: (() => Layer[]) | null = null
  /** WebGL contexts held by the overlay: more than one is a leak. */
  contexts = 0

  constructor(
    private readonly map: MapLibreMap,
    private readonly painted: () => void,
    private readonly failed: (error: Error) => void,
  ) {
    this.overlay = this.make()
  }

  /** `rebuild` makes the same layers again from scratch: layer objects die with their context. */
  draw(layers: Layer[], rebuild: () => Layer[]): void {
    this.layers = layers
    this.rebuild = rebuild
    this.overlay.setProps({ layers })
    const { deck } = this
    if (!deck?.isInitialized) return
    // In this very frame, not in deck.gl's next one: where frames take 100 ms, that is half of the delay.
    deck.layerManager?.updateLayers()
    deck.redraw()
  }

  /** Forces one frame of what is shown already. */
  canary(): void {
    if (this.deck?.isInitialized) this.deck.redraw('canary')
  }

  remove(): void {
    this.map.removeControl(this.overlay)
  }

  private get deck(): WithDeck['_deck'] {
    return (this.overlay as unknown as WithDeck)._deck
  }

  private make(): MapLibreOverlay {
    this.contexts++
    const overlay = new MapLibreOverlay({
      interleaved: false,
      layers: this.layers,
      deviceProps: { type: 'webgl', webgl: { antialias: false, powerPreference: 'high-performance' } },
      useDevicePixels: true,
      onAfterRender: () => this.painted(),
      onError: (error) => this.failed(error),
      onLoad: () => this.guard(),
    })
    this.map.addControl(overlay)
    return overlay
  }

  private guard(): void {
    const overlay = this.overlay
    const canvas = overlay.getCanvas()
    canvas?.addEventListener(
      'webglcontextlost',
      () => {
        if (overlay !== this.overlay) return
        this.contexts--
        this.map.removeControl(overlay)
        this.layers = this.rebuild?.() ?? []
        this.overlay = this.make()
      },
      { once: true },
    )
  }
}
