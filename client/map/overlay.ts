import type { Deck, Layer } from '@deck.gl/core'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as MapLibreMap } from 'maplibre-gl'

/** The overlay keeps its Deck to itself; painting at once needs it, and so does knowing what was not painted. */
interface WithDeck {
  _deck?: Deck & { layerManager: LayerManager | null }
}

interface LayerManager {
  context: { device: { isLost: boolean } }
  updateLayers(): void
  getLayers(): Layer[]
}

/**
 * deck.gl over the map on a canvas of its own. When that canvas loses its WebGL context (deck.gl says nothing then, the
 * layers just vanish) the whole overlay is made anew with the layers shown last.
 */
export class Overlay {
  private overlay: MapLibreOverlay
  private layers: Layer[] = []
  private rebuild: (() => Layer[]) | null = null
  private unlinked = false
  /** WebGL contexts held by the overlay: more than one is a leak. */
  contexts = 0

  constructor(
    private readonly map: MapLibreMap,
    private readonly painted: () => void,
    /** A layer that could not be made, updated or drawn; without a layer it is all of them. */
    private readonly failed: (error: Error, layer_id?: string) => void,
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

  /**
   * Makes the layers whose id is `failed` anew: left out, which ends them, and put back in the same frame, which begins them
   * again. What the graphics themselves failed at is kept with their context: then all is made anew with another one.
   */
  again(failed: (layer_id: string) => boolean): void {
    if (this.unlinked || !this.deck?.isInitialized) return this.remake()
    const rebuild = this.rebuild ?? (() => [])
    this.draw(
      this.layers.filter(({ id }) => !failed(id)),
      rebuild,
    )
    this.draw(rebuild(), rebuild)
  }

  private remake(): void {
    const canvas = this.overlay.getCanvas()
    this.contexts--
    this.unlinked = false
    this.map.removeControl(this.overlay)
    // A browser allows few contexts, and takes the map's own when there is one too many.
    canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
    this.layers = this.rebuild?.() ?? []
    this.overlay = this.make()
  }

  /** What it draws on, once it does. */
  get canvas(): HTMLCanvasElement | null {
    return this.overlay.getCanvas() ?? null
  }

  remove(): void {
    const { canvas } = this
    this.map.removeControl(this.overlay)
    this.contexts--
    canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
  }

  private get deck(): WithDeck['_deck'] {
    return (this.overlay as unknown as WithDeck)._deck
  }

  private make(): MapLibreOverlay {
    this.contexts++
    const overlay = new MapLibreOverlay({
      interleaved: false,
      layers: this.layers,
      deviceProps: {
        type: 'webgl',
        webgl: { antialias: false, powerPreference: 'high-performance' },
        // Else luma.gl covers the page with the source of a shader that fails: the list, the clock and BASI with it.
        debugShaders: 'never',
      },
      useDevicePixels: true,
      onAfterRender: () => {
        this.check()
        this.painted()
      },
      onError: (error, layer) => this.fail(error, layer?.id),
      onLoad: () => this.guard(),
    })
    this.map.addControl(overlay)
    return overlay
  }

  /** A layer whose program could not be linked draws nothing and says nothing. */
  private check(): void {
    for (const layer of this.deck?.layerManager?.getLayers() ?? []) {
      if (!layer.getModels().some((model) => model.pipeline.isErrored)) continue
      this.unlinked = true
      this.fail(new Error('its WebGL program could not be linked'), layer.id)
    }
  }

  /** Without its context nothing can be drawn, and all of it is about to be made anew. */
  private fail(error: Error, layer_id?: string): void {
    if (!this.deck?.layerManager?.context.device.isLost) this.failed(error, layer_id)
  }

  private guard(): void {
    const overlay = this.overlay
    const canvas = overlay.getCanvas()
    canvas?.addEventListener(
      'webglcontextlost',
      () => {
        if (overlay === this.overlay) this.remake()
      },
      { once: true },
    )
  }
}
