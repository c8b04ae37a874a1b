import { SHIFTS, wibDate, wibDay, type ShiftName } from '../sla/shift.ts'
import { DAY_MS, hoursByWeek, shiftSpan, type Duty } from './hours.ts'

export interface ShiftRules {
  /** People each shift asks for. */
  required: Record<ShiftName, number>
  /** Hours of one person in a week, Monday to Sunday WIB. */
  week_hours: number
  /** Hours between the end of a shift and the beginning of the same person's next. 0: nothing is said. */
  rest_hours: number
}

/** Six people carry out the service (SOP): two in each shift. */
export const STANDARD_RULES: ShiftRules = { required: { pagi: 2, sore: 2, malam: 2 }, week_hours: 40, rest_hours: 11 }

/** What a plan should not have. `rest` is a hint, the others ask for a change. */
export type PlanFlag =
  /** `week`: its Monday. */
  | { kind: 'hours'; code: string; week: string; hours: number }
  /** `day`, `shift`: the one that begins too soon; `hours`: the rest before it. */
  | { kind: 'rest'; code: string; day: string; shift: ShiftName; hours: number }
  /** Two shifts that begin on one day, or one that names somebody twice. */
  | { kind: 'twice'; code: string; day: string }
  | { kind: 'unstaffed'; day: string; shift: ShiftName; have: number; need: number }

const key = ({ day, shift }: Pick<Duty, 'day' | 'shift'>) => `${day} ${shift}`

/**
 * What is wrong with a plan for the days `from` to `to` (`2026-11-01`, the last exclusive). `duties` should reach a week beyond both
 * ends: a week's hours and a rest are of the whole week, and told when any part of it lies within.
 */
export function planFlags(duties: readonly Duty[], rules: ShiftRules, from: string, to: string): PlanFlag[] {
  const [begin, end] = [wibDate(from) ?? NaN, wibDate(to) ?? NaN]
  const people = new Map<string, Duty[]>()
  for (const duty of duties) people.set(duty.code, [...(people.get(duty.code) ?? []), duty])
  const flags: PlanFlag[] = []
  for (const [code, all] of [...people].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = [...new Map(all.map((duty) => [key(duty), duty])).values()]
    for (const [week, hours] of [...hoursByWeek(own)].sort(([a], [b]) => a - b))
      if (hours > rules.week_hours && week < end && week + 7 * DAY_MS > begin)
        flags.push({ kind: 'hours', code, week: wibDay(week), hours })
    flags.push(...shortRests(code, own, rules.rest_hours).filter(({ day }) => day >= from && day < to))
    const days = all.map(({ day }) => day).sort()
    for (const day of new Set(days.filter((each, i) => each === days[i + 1])))
      if (day >= from && day < to) flags.push({ kind: 'twice', code, day })
  }
  return [...flags, ...unstaffed(duties, rules, begin, end)]
}

function shortRests(code: string, own: readonly Duty[], rest_hours: number): Extract<PlanFlag, { kind: 'rest' }>[] {
  const spans = own.map((duty) => ({ ...duty, ...shiftSpan(duty.day, duty.shift) }))
  spans.sort((a, b) => a.starts_at - b.starts_at)
  return spans.flatMap(({ day, shift, starts_at }, i) => {
    const hours = i === 0 ? Infinity : (starts_at - spans[i - 1].ends_at) / 3_600_000
    return hours < rest_hours ? [{ kind: 'rest' as const, code, day, shift, hours }] : []
  })
}

function unstaffed(duties: readonly Duty[], { required }: ShiftRules, begin: number, end: number): PlanFlag[] {
  const there = new Map<string, Set<string>>()
  for (const duty of duties) there.set(key(duty), (there.get(key(duty)) ?? new Set()).add(duty.code))
  const flags: PlanFlag[] = []
  for (let at = begin; at < end; at += DAY_MS) {
    const day = wibDay(at)
    for (const { shift } of SHIFTS) {
      const have = there.get(key({ day, shift }))?.size ?? 0
      if (have < required[shift]) flags.push({ kind: 'unstaffed', day, shift, have, need: required[shift] })
    }
  }
  return flags
}
