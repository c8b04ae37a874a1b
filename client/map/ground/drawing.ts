import type { Layer } from '@deck.gl/core'
import { BitmapLayer, PathLayer, SolidPolygonLayer } from '@deck.gl/layers'
import { COLOUR, rgb } from '../../theme/colours.ts'
import type { MapData } from '../base/layer.ts'
import type { MapLabel } from '../labels.ts'
import type { Ground } from './ground.ts'
import { pictureOf } from './picture.ts'
import type { GroundPicture } from './picture.ts'
import { rampColours } from './ramp.ts'
import { Shapes } from './shapes.ts'
import type { Polygon } from './shapes.ts'
import { surfaceImage } from './surface.ts'

/** Roads and names below must stay readable through it. */
const ALPHA = { quiet: 125, strong: 190 }
/** Too few to colour: there, but grey. */
const FEW_ALPHA = 26

interface Filled {
  polygon: Polygon
  colour: [number, number, number, number]
}
interface Outline {
  path: [number, number][]
  bold: boolean
}

/** The ground under the live layers: made anew only when it looks different, however often its figures are renewed. */
export class GroundDrawing {
  private readonly shapes = new Shapes()
  private wanted: Ground = { kind: 'none' }
  private picture: GroundPicture = { kind: 'none', areas: [], strong: false, key: '' }
  private data: MapData | null = null
  private made: Layer[] | null = null
  labels: MapLabel[] = []

  /** Fetches what drawing it needs and was not fetched yet; `show` does so too. */
  async ready(ground: Ground, data: MapData): Promise<void> {
    await this.shapes.ready(data, ground.kind !== 'none' && ground.kind !== 'districts')
  }

  /** What is to be shown from now on; true when the map has to be painted again. A later call wins over an earlier one still at work. */
  async show(ground: Ground, data: MapData): Promise<boolean> {
    this.wanted = ground
    await this.ready(ground, data)
    if (ground !== this.wanted) return false
    const picture = pictureOf(ground, this.shapes)
    this.labels = ground.kind === 'none' ? [] : this.marksOf(ground)
    if (picture.key === this.picture.key && data === this.data) return false
    this.picture = picture
    this.data = data
    this.made = null
    return true
  }

  /** `anew`: the layers made before died with their context, or were left out once. */
  layers(scale: number, anew = false): Layer[] {
    if (anew) this.made = null
    this.made ??= this.picture.kind === 'surface' ? this.smooth() : this.areas(scale)
    return this.made
  }

  private smooth(): Layer[] {
    const image = surfaceImage(this.picture.areas, this.shapes.city())
    if (!image) return []
    return [
      new BitmapLayer({
        id: 'heat-surface',
        image: image.canvas,
        bounds: image.bounds,
        opacity: ALPHA.strong / 255,
      }),
    ]
  }

  private areas(scale: number): Layer[] {
    const { areas, strong } = this.picture
    if (areas.length === 0) return []
    const colours = rampColours()
    const [r, g, b] = rgb(COLOUR.faint)
    const filled = areas.flatMap(({ polygons, step }) =>
      polygons.map((polygon): Filled => ({
        polygon,
        colour: step === null ? [r, g, b, FEW_ALPHA] : [...colours[step], strong ? ALPHA.strong : ALPHA.quiet],
      })),
    )
    const layers: Layer[] = [
      new SolidPolygonLayer<Filled>({
        id: 'heat',
        data: filled,
        getPolygon: (f) => f.polygon,
        positionFormat: 'XY',
        getFillColor: (f) => f.colour,
      }),
    ]
    // The quiet ground has no outlines: each further shader costs a wall without a graphics card part of a second at start.
    if (strong) layers.push(this.outlines(scale))
    return layers
  }

  /** A thin line around what is withheld, a bold one around what is beyond chance. */
  private outlines(scale: number): Layer {
    const lines = this.picture.areas
      .filter(({ step, bold }) => step === null || bold)
      .sort((a, b) => Number(a.bold) - Number(b.bold))
      .flatMap(({ polygons, bold }) => polygons.flat().map((path): Outline => ({ path, bold })))
    return new PathLayer<Outline>({
      id: 'heat-line',
      data: lines,
      getPath: (l) => l.path,
      positionFormat: 'XY',
      widthUnits: 'pixels',
      jointRounded: true,
      getWidth: (l) => (l.bold ? 4 : 1) * scale,
      getColor: (l) => (l.bold ? [...rgb(COLOUR.text), 255] : [...rgb(COLOUR.faint), 56]),
    })
  }

  private marksOf(ground: Exclude<Ground, { kind: 'none' }>): MapLabel[] {
    return (ground.marks ?? []).flatMap(({ area, text }): MapLabel[] => {
      const at = this.shapes.middle(area)
      if (!at) return []
      return [{ id: `ground-${area}`, text, kind: 'ground', lon: at[0], lat: at[1], clear: 0, must: true, area: true }]
    })
  }
}
