/** A Date is an instant, shown in WIB. A share is 0 to 1. */
export type SheetValue = string | number | Date | null
export interface SheetColumn {
  name: string
  kind: 'text' | 'count' | 'share' | 'number' | 'time'
}
export interface Sheet {
  name: string
  /** What the figures are of; above them. */
  title: string
  columns: SheetColumn[]
  rows: SheetValue[][]
}
export const text = (name: string): SheetColumn => ({ name, kind: 'text' })
export const count = (name: string): SheetColumn => ({ name, kind: 'count' })
export const number = (name: string): SheetColumn => ({ name, kind: 'number' })
export const share = (name: string): SheetColumn => ({ name, kind: 'share' })
export const time = (name: string): SheetColumn => ({ name, kind: 'time' })
