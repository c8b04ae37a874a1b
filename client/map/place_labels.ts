export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A label to be set beside its mark; earlier ones choose first. */
export interface LabelWish {
  id: string
  /** The mark's middle and the distance to keep from it, px. */
  x: number
  y: number
  clear: number
  width: number
  height: number
  /** Shown even where it must overlap: an alarm is never hidden by a neighbour. */
  must: boolean
  /** The name of an area: it stands in the middle, and steps aside from there. */
  area?: boolean
}

export interface PlacedLabel {
  id: string
  /** Top left, px. */
  x: number
  y: number
}

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Right, left, below, above, then the diagonals, then the same further out: the first place that is free and inside wins. */
function candidates(w: LabelWish): Box[] {
  if (w.area) return aside(w)
  return [1, 1.6].flatMap((far) => around(w, w.clear * far))
}

function aside({ x, y, width, height }: LabelWish): Box[] {
  const steps = [0, -1, 1, -2, 2, -3, 3]
  return steps.flatMap((up) =>
    [0, -0.35, 0.35].map((by) => ({ x: x - width / 2 + by * width, y: y - height / 2 + up * height, width, height })),
  )
}

function around({ x, y, width, height }: LabelWish, clear: number): Box[] {
  const size = { width, height }
  const right = x + clear
  const left = x - clear - width
  const above = y - clear - height
  const below = y + clear
  return [
    { x: right, y: y - height / 2, ...size },
    { x: left, y: y - height / 2, ...size },
    { x: x - width / 2, y: below, ...size },
    { x: x - width / 2, y: above, ...size },
    { x: right, y: above + height / 2, ...size },
    { x: right, y: below - height / 2, ...size },
    { x: left, y: above + height / 2, ...size },
    { x: left, y: below - height / 2, ...size },
  ]
}

/** Boxes by the cells they touch: what overlaps one is found among a few, not among all. */
class BoxIndex {
  private static readonly CELL_PX = 96
  private readonly cells = new Map<number, Box[]>()

  constructor(boxes: readonly Box[]) {
    for (const box of boxes) this.add(box)
  }

  add(box: Box): void {
    this.each(box, (key) => {
      const held = this.cells.get(key)
      if (held) held.push(box)
      else this.cells.set(key, [box])
    })
  }

  /** How many overlap it; one in several cells counts once in each, which is as good for choosing the least. */
  overlapping(box: Box): number {
    let count = 0
    this.each(box, (key) => {
      for (const other of this.cells.get(key) ?? []) if (overlaps(other, box)) count++
    })
    return count
  }

  private each({ x, y, width, height }: Box, visit: (key: number) => void): void {
    const size = BoxIndex.CELL_PX
    const last = Math.floor((x + width) / size)
    const bottom = Math.floor((y + height) / size)
    for (let column = Math.floor(x / size); column <= last; column++)
      for (let row = Math.floor(y / size); row <= bottom; row++) visit(column * 65_536 + row)
  }
}

/**
 * Sets labels greedily so that none covers another, a mark in `taken`, or leaves `frame`. One that finds no place is left
 * out unless it `must` stand; then the place with the fewest overlaps inside the frame is taken.
 */
export function placeLabels(wishes: readonly LabelWish[], taken: readonly Box[], frame: Box): PlacedLabel[] {
  const set = new BoxIndex(taken)
  const placed: PlacedLabel[] = []
  const inside = (b: Box) =>
    b.x >= frame.x &&
    b.y >= frame.y &&
    b.x + b.width <= frame.x + frame.width &&
    b.y + b.height <= frame.y + frame.height
  for (const wish of wishes) {
    const places = candidates(wish).filter(inside)
    const cost = (b: Box) => set.overlapping(b)
    const free = places.find((b) => cost(b) === 0)
    const box = free ?? (wish.must ? places.sort((a, b) => cost(a) - cost(b))[0] : undefined)
    if (!box) continue
    set.add(box)
    placed.push({ id: wish.id, x: box.x, y: box.y })
  }
  return placed
}
