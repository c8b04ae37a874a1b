type Numbers = Float64Array | Float32Array | Uint8Array
type Maker = new (length: number) => Numbers

/** What deck.gl takes as one attribute. A new object says that the numbers in it changed; the same one, that they did not. */
export interface BinaryAttribute {
  value: Numbers
  size: number
  normalized?: boolean
}

/** One attribute of all rows, in one typed array that is kept and grown: writing a row allocates nothing. */
export class Column {
  private value: Numbers
  private attribute: BinaryAttribute | null = null
  private on_card = false

  constructor(
    private readonly Array: Maker,
    readonly size: number,
  ) {
    this.value = new Array(64 * size)
  }

  private changes(): void {
    this.attribute = null
    this.on_card = false
  }

  get numbers(): Numbers {
    return this.value
  }

  /** Room for so many rows. */
  fit(rows: number): void {
    if (this.value.length >= rows * this.size) return
    const grown = new this.Array(Math.ceil(rows * 1.5) * this.size)
    grown.set(this.value)
    this.value = grown
    this.changes()
  }

  /** Writes a row; only what differs counts as a change. */
  put2(row: number, a: number, b: number): void {
    const { value, size } = this
    const at = row * size
    if (value[at] === a && value[at + 1] === b) return
    value[at] = a
    value[at + 1] = b
    this.changes()
  }

  put1(row: number, a: number): void {
    const { value, size } = this
    const before = value[row * size]
    value[row * size] = a
    // As it is kept: a float of 32 bits is rarely what was written into it.
    if (value[row * size] !== before) this.changes()
  }

  put(row: number, numbers: readonly number[]): void {
    const { value, size } = this
    const at = row * size
    for (let i = 0; i < numbers.length; i++) {
      const before = value[at + i]
      value[at + i] = numbers[i]
      if (value[at + i] !== before) this.changes()
    }
  }

  /** The numbers are on the graphics card, by another way than a new layer; the attribute of the next layer is a new one all the same. */
  brought(): void {
    this.on_card = true
  }

  /** Something was written into `numbers` directly. */
  touch(): void {
    this.changes()
  }

  get changed(): boolean {
    return this.attribute === null && !this.on_card
  }

  /** The same object as long as nothing in it changed. Bytes are colours, 0 to 255 for 0 to 1. */
  binary(): BinaryAttribute {
    this.attribute ??=
      this.value instanceof Uint8Array
        ? { value: this.value, size: this.size, normalized: true }
        : { value: this.value, size: this.size }
    return this.attribute
  }

  /** The rows from `first` on, as an attribute of their own; for a layer that shows the last rows only. */
  from(first: number): BinaryAttribute {
    return { ...this.binary(), value: this.value.subarray(first * this.size) }
  }
}

/**
 * Positions of the first `rows` as deck.gl keeps them on the graphics card: of each row lon, lat, 0 in 32 bits, then what 32 bits
 * could not hold of them. `into` is used again.
 */
export function doubled(
  places: Float64Array,
  rows: number,
  into: Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  const out = into.length === rows * 6 ? into : new Float32Array(rows * 6)
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < 2; i++) {
      const value = places[row * 3 + i]
      out[row * 6 + i] = value
      out[row * 6 + 3 + i] = value - out[row * 6 + i]
    }
  }
  return out
}

/** Positions as deck.gl wants them: lon, lat, 0. */
export const places = () => new Column(Float64Array, 3)
export const colours = () => new Column(Uint8Array, 4)
export const floats = (size = 1) => new Column(Float32Array, size)
