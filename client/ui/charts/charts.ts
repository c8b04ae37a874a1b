/** One moment of a line: null values are unknown, and break it. */
export interface LinePoint {
  /** Under the axis; empty: no word there. */
  label: string
  value: number | null
  /** 95 % bounds, where there are some. */
  low?: number | null
  high?: number | null
  /** Read out and shown under the pointer; else label and value. */
  said?: string
}

/** One cell of a matrix. */
export interface MatrixCell {
  /** Written in it; empty: nothing. */
  text: string
  /** Which of the five colours of the ground's ramp; null: none, for nothing supports one. */
  tone: number | null
  /** Framed: told by shape what the colour tells. */
  bold?: boolean
  /** Framed by dashes: the contrary, less than expected. */
  dashed?: boolean
  /** Read out and shown under the pointer. */
  said: string
}

/** A cell of a matrix by its place. */
export interface MatrixPlace {
  row: number
  column: number
}
