import { describe, expect, it } from 'vitest'
import { copyWeek } from '../../../geo/shift/copy_week.ts'
import { planFlags, STANDARD_RULES, type PlanFlag, type ShiftRules } from '../../../geo/shift/flags.ts'
import { hoursByWeek, shiftSpan, weekOf, type Duty } from '../../../geo/shift/hours.ts'
import { SHIFTS, wibDate, wibDay } from '../../../geo/sla/shift.ts'
import { seededRandom } from '../../helpers/random.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const FROM = '2026-11-01'
const TO = '2026-12-01'
const at = (day: string) => wibDate(day) ?? NaN
/** The hours of the clock, WIB, at which a shift of a day is on: said here once more and otherwise than in geo/. */
const ON = { pagi: [8, 16], sore: [16, 23], malam: [23, 32] } as const

/** A plan of six over November and a week around it, from a seed. */
function seeded(seed: number): Duty[] {
  const random = seededRandom(seed)
  const duties: Duty[] = []
  for (let day = at(FROM) - 7 * DAY; day < at(TO) + 7 * DAY; day += DAY)
    for (const { shift } of SHIFTS)
      for (let n = 0; n < 3; n++)
        if (random() < 0.6) duties.push({ day: wibDay(day), shift, code: `agen${1 + Math.floor(random() * 6)}` })
  return duties
}

/** Hour by hour, over every person: what the flags must come to. */
function bruteForce(duties: readonly Duty[], rules: ShiftRules): string[] {
  const found: string[] = []
  const begin = at(FROM) - 9 * DAY
  const hours = (at(TO) + 12 * DAY - begin) / HOUR
  for (const code of new Set(duties.map((duty) => duty.code))) {
    const own = duties.filter((duty) => duty.code === code)
    const on = new Uint8Array(hours)
    for (const { day, shift } of own)
      for (let hour = ON[shift][0]; hour < ON[shift][1]; hour++) on[(at(day) - begin) / HOUR + hour] = 1
    for (let monday = at('2026-10-26'); monday < at(TO); monday += 7 * DAY) {
      let sum = 0
      for (let hour = 0; hour < 168; hour++) sum += on[(monday - begin) / HOUR + hour]
      if (sum > rules.week_hours) found.push(`hours ${code} ${wibDay(monday)} ${sum}`)
    }
    for (const day of new Set(own.map((duty) => duty.day))) {
      if (day < FROM || day >= TO) continue
      if (own.filter((duty) => duty.day === day).length > 1) found.push(`twice ${code} ${day}`)
      for (const shift of new Set(own.filter((duty) => duty.day === day).map((duty) => duty.shift))) {
        const start = (at(day) - begin) / HOUR + ON[shift][0]
        let rest = 0
        while (rest < rules.rest_hours && !on[start - 1 - rest]) rest++
        if (rest < rules.rest_hours) found.push(`rest ${code} ${day} ${shift} ${rest}`)
      }
    }
  }
  for (let day = at(FROM); day < at(TO); day += DAY)
    for (const { shift } of SHIFTS) {
      const there = duties.filter((duty) => duty.day === wibDay(day) && duty.shift === shift)
      const have = new Set(there.map(({ code }) => code)).size
      if (have < rules.required[shift]) found.push(`unstaffed ${wibDay(day)} ${shift} ${have}/${rules.required[shift]}`)
    }
  return found.sort()
}
const told = (flag: PlanFlag): string => {
  if (flag.kind === 'hours') return `hours ${flag.code} ${flag.week} ${flag.hours}`
  if (flag.kind === 'rest') return `rest ${flag.code} ${flag.day} ${flag.shift} ${flag.hours}`
  if (flag.kind === 'twice') return `twice ${flag.code} ${flag.day}`
  return `unstaffed ${flag.day} ${flag.shift} ${flag.have}/${flag.need}`
}

describe('the flags of a plan', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('are those of a count hour by hour (seed %i)', (seed) => {
    const duties = seeded(seed)
    const rules = { ...STANDARD_RULES, rest_hours: seed % 2 ? 11 : 8, week_hours: seed % 3 ? 40 : 32 }
    const flags = planFlags(duties, rules, FROM, TO).map(told).sort()
    expect(flags).toEqual(bruteForce(duties, rules))
    expect(flags.length).toBeGreaterThan(20)
  })

  it('count a night over Sunday in the week in which its hours fall', () => {
    // 2026-11-29 is a Sunday.
    const hours = hoursByWeek([{ day: '2026-11-29', shift: 'malam' }])
    expect([...hours].map(([week, sum]) => [wibDay(week), sum])).toEqual([
      ['2026-11-23', 1],
      ['2026-11-30', 8],
    ])
    expect(wibDay(weekOf(at('2026-11-30') - 1))).toBe('2026-11-23')
  })

  it('say nothing of five mornings of eight hours, and of a sixth that it is too many', () => {
    const days = ['23', '24', '25', '26', '27', '28'].map((day) => `2026-11-${day}`)
    const rules = { ...STANDARD_RULES, required: { pagi: 0, sore: 0, malam: 0 } }
    const plan = days.map((day): Duty => ({ day, shift: 'pagi', code: 'agen1' }))
    expect(planFlags(plan.slice(0, 5), rules, FROM, TO)).toEqual([])
    expect(planFlags(plan, rules, FROM, TO)).toEqual([{ kind: 'hours', code: 'agen1', week: '2026-11-23', hours: 48 }])
  })
})

describe('last week’s pattern', () => {
  it.each([11, 12, 13])('makes the week like the one before it, and only that (seed %i)', (seed) => {
    const duties = [...new Map(seeded(seed).map((duty) => [JSON.stringify(duty), duty])).values()]
    const active = new Set(['agen1', 'agen2', 'agen3', 'agen4', 'agen5'])
    const key = ({ day, shift, code }: Duty) => `${day} ${shift} ${code}`
    const after = new Set(duties.map(key))
    for (const change of copyWeek(duties, '2026-11-18', active)) {
      expect(after.has(key(change)), key(change)).toBe(!change.on)
      if (change.on) after.add(key(change))
      else after.delete(key(change))
    }
    const week = (monday: string) =>
      [...after].filter((each) => at(each.slice(0, 10)) >= at(monday) && at(each.slice(0, 10)) < at(monday) + 7 * DAY)
    const shifted = week('2026-11-09')
      .filter((each) => !each.endsWith('agen6'))
      .map((each) => wibDay(at(each.slice(0, 10)) + 7 * DAY) + each.slice(10))
    expect(week('2026-11-16').sort()).toEqual(shifted.sort())
    const untouched = duties.map(key).filter((each) => each < '2026-11-16' || each >= '2026-11-23')
    expect([...after].filter((each) => each < '2026-11-16' || each >= '2026-11-23').sort()).toEqual(untouched.sort())
  })
})

it('a shift is as long as the standard says', () => {
  expect(
    SHIFTS.map(({ shift }) => shiftSpan('2026-11-28', shift)).map((s) => (s.ends_at - s.starts_at) / HOUR),
  ).toEqual([8, 7, 9])
})
