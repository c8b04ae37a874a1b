import { copyWeek, type DutyChange } from '../../../geo/shift/copy_week.ts'
import { planFlags, STANDARD_RULES, type PlanFlag, type ShiftRules } from '../../../geo/shift/flags.ts'
import { hoursByWeek, weekOf, type Duty } from '../../../geo/shift/hours.ts'
import { wibDate, wibDay, wibMonthRange, type ShiftName } from '../../../geo/sla/shift.ts'
import { shiftPlan, shiftRules } from '../../../geo/wire/shift_plan.ts'
import type { ShiftPlan, Staff } from '../../../geo/wire/shift_plan.ts'
import { z } from 'zod'
import { ask } from '../../state/api.ts'
import type { Answer } from '../../state/api.ts'
import { Command } from '../command.svelte.ts'
import { say } from '../text/say.ts'

const AGAIN_MS = 15_000
const DAY_MS = 86_400_000

/** One month of the plan: who is in which shift, what stands out, and where the hand is. */
export class Plan {
  month = $state('')
  /** null: not known yet. */
  data = $state.raw<ShiftPlan | null>(null)
  away = $state(false)
  /** Where the hand is: a person of `people` and a day of `days`. */
  row = $state(0)
  column = $state(0)
  readonly command = new Command()
  private timer: ReturnType<typeof setTimeout> | undefined
  private closed = false
  /** What is on its way or waits for it. */
  private line: Promise<void> = Promise.resolve()
  private waiting = 0

  constructor(month: string, today: string) {
    this.month = month
    this.column = Number(today.slice(8)) - 1
    void this.look()
  }

  get days(): string[] {
    const { from, to } = wibMonthRange(this.month) ?? { from: 0, to: 0 }
    return Array.from({ length: Math.round((to - from) / DAY_MS) }, (_, i) => wibDay(from + i * DAY_MS))
  }
  get rules(): ShiftRules {
    return this.data?.rules ?? STANDARD_RULES
  }
  /** Who can be planned, and who was. */
  get people(): Staff[] {
    const { days } = this
    const planned = new Set(this.data?.duties.filter(({ day }) => days.includes(day)).map(({ code }) => code))
    return (this.data?.staff ?? []).filter(({ code, active }) => active || planned.has(code))
  }
  /** Shifts by `code day`. */
  get duties(): ReadonlyMap<string, readonly ShiftName[]> {
    const map = new Map<string, ShiftName[]>()
    for (const { code, day, shift } of this.data?.duties ?? []) {
      const key = `${code} ${day}`
      map.set(key, [...(map.get(key) ?? []), shift])
    }
    return map
  }
  get flags(): PlanFlag[] {
    const { days } = this
    if (!this.data || days.length === 0) return []
    const end = wibDay((wibDate(days[days.length - 1]) ?? 0) + DAY_MS)
    return planFlags(this.data.duties, this.rules, days[0], end)
  }
  /** Hours of somebody in the week of a day. */
  hours(code: string, day: string): number {
    const own = (this.data?.duties ?? []).filter((duty) => duty.code === code)
    return hoursByWeek(own).get(weekOf(wibDate(day) ?? 0)) ?? 0
  }

  show(month: string): void {
    this.month = month
    this.data = null
    this.column = Math.min(this.column, this.days.length - 1)
    this.command.clear()
    void this.look()
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const { month, line } = this
    const said = await ask('GET', `/api/shift-plan?month=${month}`, shiftPlan)
    if (this.closed) return
    this.away = !said.ok
    // What is on its way, or went meanwhile, is not put back by an older answer.
    if (said.ok && month === this.month && this.waiting === 0 && line === this.line) this.data = said.value
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.look(), AGAIN_MS)
  }

  /** Puts somebody into a shift of the day under the hand, or takes him out. */
  async toggle(shift: ShiftName): Promise<void> {
    const [code, day] = [this.people[this.row]?.code, this.days[this.column]]
    if (!code) return
    const on = !this.duties.get(`${code} ${day}`)?.includes(shift)
    await this.put([{ day, shift, code, on }])
  }
  async clear(): Promise<void> {
    const [code, day] = [this.people[this.row]?.code, this.days[this.column]]
    const there = this.duties.get(`${code} ${day}`) ?? []
    if (code && there.length > 0) await this.put(there.map((shift) => ({ day, shift, code, on: false })))
  }
  /** Gives the week under the hand the pattern of the week before. */
  async copy(): Promise<void> {
    const active = new Set(this.data?.staff.filter((each) => each.active).map(({ code }) => code))
    const changes = copyWeek(this.data?.duties ?? [], this.days[this.column], active)
    if (changes.length === 0) this.command.done = say('plan_same')
    else if (await this.put(changes)) this.command.done = say('plan_copied', { n: changes.length })
  }

  async setRules(rules: ShiftRules): Promise<void> {
    const said = await this.inTurn(() => ask('PUT', '/api/shift-rules', shiftRules, { body: rules }))
    if (said && this.data) this.data = { ...this.data, rules: said }
  }

  /** Shown at once; what the server refuses is looked up again. */
  private async put(changes: readonly DutyChange[]): Promise<boolean> {
    if (!this.data) return false
    const same = (a: Duty, b: Duty) => a.day === b.day && a.shift === b.shift && a.code === b.code
    const rest = this.data.duties.filter((duty) => !changes.some((change) => same(change, duty)))
    const added = changes.filter(({ on }) => on).map(({ day, shift, code }) => ({ day, shift, code }))
    this.data = { ...this.data, duties: [...rest, ...added] }
    const answer = z.object({ changed: z.number() })
    const said = await this.inTurn(() => ask('POST', '/api/shift-plan', answer, { body: { changes } }))
    if (!said) void this.look()
    return said !== null
  }

  /** Keys come faster than answers: what is pressed meanwhile waits its turn and is not lost. */
  private async inTurn<T>(work: () => Promise<Answer<T>>): Promise<T | null> {
    this.waiting++
    const turn = this.line.then(() => this.command.run(work))
    this.line = turn.then(() => undefined)
    const said = await turn
    this.waiting--
    return said
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }
}
