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

  constructor(
    private readonly Array: Maker,
    readonly size: number,
  ) {
    this.value = new Array(64 * size)
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
    this.attribute = null
  }

  /** Writes a row; only what differs counts as a change. */
  put2(row: number, a: number, b: number): void {
    const { value, size } = this
    const at = row * size
    if (value[at] === a && value[at + 1] === b) return
    value[at] = a
    value[at + 1] = b
    this.attribute = null
  }

  put1(row: number, a: number): void {
    if (this.value[row * this.size] === a) return
    this.value[row * this.size] = a
    this.attribute = null
  }

  put(row: number, numbers: readonly number[]): void {
    const { value, size } = this
    const at = row * size
    for (let i = 0; i < numbers.length; i++) {
      if (value[at + i] === numbers[i]) continue
      value[at + i] = numbers[i]
      this.attribute = null
    }
  }

  /** Something was written into `numbers` directly. */
  touch(): void {
    this.attribute = null
  }

  get changed(): boolean {
    return this.attribute === null
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

/** Positions as deck.gl wants them: lon, lat, 0. */
export const places = () => new Column(Float64Array, 3)
export const colours = () => new Column(Uint8Array, 4)
export const floats = (size = 1) => new Column(Float32Array, size)
