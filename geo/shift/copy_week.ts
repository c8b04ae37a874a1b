import { wibDate, wibDay } from '../sla/shift.ts'
import { DAY_MS, weekOf, type Duty } from './hours.ts'

export interface DutyChange extends Duty {
  on: boolean
}

/**
 * The changes that give the week of `day` the pattern of the week before it: the same people in the same shifts of the same
 * weekdays, and nobody else. `active`: who may be planned; others are left out.
 */
export function copyWeek(duties: readonly Duty[], day: string, active: ReadonlySet<string>): DutyChange[] {
  const monday = weekOf(wibDate(day) ?? NaN)
  const within = (duty: Duty, from: number) => duty.day >= wibDay(from) && duty.day < wibDay(from + 7 * DAY_MS)
  const id = (duty: Duty) => `${duty.day} ${duty.shift} ${duty.code}`
  const wanted = duties
    .filter((duty) => within(duty, monday - 7 * DAY_MS) && active.has(duty.code))
    .map((duty) => ({ ...duty, day: wibDay((wibDate(duty.day) ?? NaN) + 7 * DAY_MS) }))
  const there = duties.filter((duty) => within(duty, monday))
  const [keep, have] = [new Set(wanted.map(id)), new Set(there.map(id))]
  return [
    ...there.filter((duty) => !keep.has(id(duty))).map((duty) => ({ ...duty, on: false })),
    ...wanted.filter((duty) => !have.has(id(duty))).map((duty) => ({ ...duty, on: true })),
  ]
}
