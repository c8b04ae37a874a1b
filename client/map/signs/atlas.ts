import { GRID, PICTOGRAMS, type Drawing } from '../../signs/pictograms.ts'
import { UNIT_OUTLINES, unitDrawing, type UnitOutline } from '../../signs/unit_shapes.ts'

/** What IconLayer's attribute `instanceIconDefs` holds of one sign: offset from the middle, place in the atlas, tinted. */
export const DEF_SIZE = 7

/** Pixels at 1080p. */
export const TYPE_SIGN_PX = 27
export const UNIT_SIGN_PX = 26
/** Free around each sign, so that its neighbour never bleeds into it. */
const MARGIN = 2
const COLUMNS = 12

export const unitKey = (outline: UnitOutline, old: boolean): string => `unit ${outline}${old ? ' old' : ''}`

/** Types that have a pictogram show it; the rest their letter. */
export const typeKey = (type: string, letter: string): string =>
  type in PICTOGRAMS ? `type ${type}` : `letter ${letter}`

/**
 * All signs of the map in one picture, white on nothing (deck.gl tints them), drawn at the very size they are shown in: so they
 * are sharp on every screen. To be made again when the scale changes or a letter is missing.
 */
export class SignAtlas {
  readonly canvas: HTMLCanvasElement
  private readonly defs = new Map<string, readonly number[]>()

  constructor(
    /** Screen pixels per pixel at 1080p. */
    readonly px_scale: number,
    letters: Iterable<string>,
  ) {
    const signs: { key: string; px: number; draw: Drawing | string }[] = [
      ...Object.entries(PICTOGRAMS).map(([type, draw]) => ({ key: `type ${type}`, px: TYPE_SIGN_PX, draw })),
      ...[...new Set([...letters, '?'])].map((draw) => ({ key: `letter ${draw}`, px: TYPE_SIGN_PX, draw })),
      ...UNIT_OUTLINES.flatMap((outline) =>
        [false, true].map((old) => ({ key: unitKey(outline, old), px: UNIT_SIGN_PX, draw: unitDrawing(outline, old) })),
      ),
    ]
    const side = Math.ceil(Math.max(TYPE_SIGN_PX, UNIT_SIGN_PX) * px_scale) + 2 * MARGIN
    this.canvas = document.createElement('canvas')
    this.canvas.width = side * COLUMNS
    this.canvas.height = side * Math.ceil(signs.length / COLUMNS)
    const pen = this.canvas.getContext('2d')
    if (!pen) throw new Error('no 2D canvas for the signs of the map')
    pen.fillStyle = pen.strokeStyle = '#fff'
    pen.lineCap = pen.lineJoin = 'round'
    pen.textAlign = 'center'
    for (const [i, { key, px, draw }] of signs.entries()) {
      const size = Math.round(px * px_scale)
      const [x, y] = [(i % COLUMNS) * side + MARGIN, Math.floor(i / COLUMNS) * side + MARGIN]
      pen.setTransform(size / GRID, 0, 0, size / GRID, x, y)
      if (typeof draw === 'string') letterOn(pen, draw)
      else drawOn(pen, draw)
      this.defs.set(key, [0, 0, x, y, size, size, 1])
    }
  }

  has(key: string): boolean {
    return this.defs.has(key)
  }

  /** Writes the sign into row `row` of an `instanceIconDefs` column. */
  write(into: Float32Array, row: number, key: string): void {
    into.set(this.defs.get(key) ?? this.defs.get('letter ?') ?? [], row * DEF_SIZE)
  }
}

function drawOn(pen: CanvasRenderingContext2D, { fill, lines }: Drawing): void {
  if (fill) pen.fill(new Path2D(fill), 'evenodd')
  for (const { d, width } of lines ?? []) {
    pen.lineWidth = width
    pen.stroke(new Path2D(d))
  }
}

function letterOn(pen: CanvasRenderingContext2D, letter: string): void {
  pen.font = '700 22px Inter'
  pen.fillText(letter, GRID / 2, GRID / 2 + 8)
}
