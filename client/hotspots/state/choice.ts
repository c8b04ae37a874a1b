/** Hours of a day or of every day, WIB: `[from, to)`, over midnight where `from` is not below `to`. */
export interface Slot {
  /** 0 is Monday; null: every day. */
  day: number | null
  from: number
  to: number
}

/** What the page shows, and what its address keeps. */
export interface Choice {
  /** `2026-10`; null: the last whole month. */
  month: string | null
  /** Code of an incident type; null: all of them. */
  type: string | null
  /** H3 8 cell that all is narrowed to. */
  cell: string | null
  slot: Slot | null
}

export const NOTHING: Choice = { month: null, type: null, cell: null, slot: null }
const ALL = 'semua'

/** `#2026-10/kebakaran/888ca0…/3.8-16`: month, type (`semua`: all), and where narrowed the cell and day.hours (`*`: every day). What cannot be read is left out. */
export function choiceOf(fragment: string): Choice {
  const [month, type, ...rest] = fragment.replace(/^#/, '').split('/')
  const choice: Choice = {
    ...NOTHING,
    month: /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : null,
    type: /^[a-z][a-z0-9_]*$/.test(type ?? '') && type !== ALL ? type : null,
  }
  for (const part of rest) {
    const slot = /^([0-6*])\.(\d{1,2})-(\d{1,2})$/.exec(part)
    if (/^8[0-9a-f]{14}$/.test(part)) choice.cell = part
    else if (slot && Number(slot[2]) < 24 && Number(slot[3]) >= 1 && Number(slot[3]) <= 24)
      choice.slot = { day: slot[1] === '*' ? null : Number(slot[1]), from: Number(slot[2]), to: Number(slot[3]) }
  }
  return choice
}

/** The fragment of a choice that has a month. */
export function fragmentOf({ month, type, cell, slot }: Choice): string {
  if (month === null) return ''
  const parts = [month, type ?? ALL]
  if (cell) parts.push(cell)
  if (slot) parts.push(`${slot.day ?? '*'}.${slot.from}-${slot.to}`)
  return `#${parts.join('/')}`
}

/** Whether an hour of a weekday lies in it. */
export function inSlot({ day, from, to }: Slot, of_day: number, hour: number): boolean {
  if (day !== null && day !== of_day) return false
  return from < to ? hour >= from && hour < to : hour >= from || hour < to
}

export const sameSlot = (a: Slot | null, b: Slot | null): boolean =>
  a === b || (a !== null && b !== null && a.day === b.day && a.from === b.from && a.to === b.to)
