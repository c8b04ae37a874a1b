import type { Change, Evaluation, GroupChange } from '../../geo/wire/evaluation.ts'
import { decimal } from '../text/units.ts'
import { FEW, monthWords, percent, whole } from './format.ts'
import { say, type ReportKey } from './text/say.ts'

const name = (measure: Change['measure']) => say(`measure_${measure}`)
const direction = (up: number) => say(up > 0 ? 'word_up' : up < 0 ? 'word_down' : 'word_same')
const signed = (value: number, digits: number) => `${value < 0 ? '−' : '+'}${decimal(Math.abs(value), digits, true)}`
const points = (difference: number) => decimal(Math.abs(difference) * 100, 1, true)

/** What the month itself says, before any comparison. */
export function monthSentences({ total, days }: Evaluation): string[] {
  const incidents = say('say_incidents', {
    ...{
      n: whole(total.incidents),
      rate: decimal(days > 0 ? total.incidents / days : 0),
      calls: whole(total.calls?.calls ?? 0),
    },
  })
  const stages = (['agent', 'opd', 'fire'] as const).flatMap((stage) => {
    const { n, breached, share, low, high } = total[stage]
    if (n === 0 || share === null || low === null || high === null) return []
    if (n < FEW) return [say('say_stage_few', { stage: say(`stage_${stage}`), late: breached, n })]
    const key: ReportKey = `say_${stage}`
    return [
      say(key, { late: whole(breached), n: whole(n), share: percent(share), low: percent(low), high: percent(high) }),
    ]
  })
  return [incidents, ...stages]
}

/** A change in plain words, and whether chance alone would do. Null: there is nothing to say of it. */
export function changeSentence(change: Change, months: { previous: string; last_year: string }): string | null {
  const { measure, kind, value, now, then, clear, few } = change
  const month = monthWords(months[change.against])
  if (value === null) return null
  if (few) return say('change_few', { measure: name(measure), month })
  const meaning = say(clear ? 'change_clear' : 'change_chance')
  if (kind === 'ratio') {
    const change_of = (ratio: number) => `${signed((ratio - 1) * 100, 0)}\u00a0%`
    return say('change_up', {
      ...{ measure: name(measure), month, meaning, word: direction(value.estimate - 1) },
      ...{ percent: percent(Math.abs(value.estimate - 1), 0), now: whole(now.count), then: whole(then.count) },
      ...{ low: change_of(value.low), high: value.high === null ? '∞' : change_of(value.high) },
    })
  }
  return say('change_share', {
    ...{ measure: name(measure), month, meaning, word: direction(value.estimate), points: points(value.estimate) },
    ...{ now: percent(now.count / (now.n ?? 1)), then: percent(then.count / (then.n ?? 1)) },
    ...{ low: signed(value.low * 100, 1), high: signed((value.high ?? 0) * 100, 1) },
  })
}

/** The cell of a table: the change and its bounds. */
export function changeCell({ kind, value, few }: Change): string {
  if (value === null) return say('none')
  if (few) return say('few_compared')
  const scale = (x: number) => (kind === 'ratio' ? (x - 1) * 100 : x * 100)
  const digits = kind === 'ratio' ? 0 : 1
  const unit = kind === 'ratio' ? '\u00a0%' : ''
  const high = value.high === null ? '∞' : signed(scale(value.high), digits)
  return `${signed(scale(value.estimate), digits)}${unit} (${signed(scale(value.low), digits)} … ${high})`
}

/** Which agencies and kecamatan changed beyond chance; one sentence when none did. */
export function groupSentences(changes: readonly GroupChange[], previous: string): string[] {
  const month = monthWords(previous)
  const clear = changes.filter((change) => change.clear)
  if (clear.length === 0) return changes.length > 0 ? [say('group_none', { month, n: changes.length })] : []
  return clear.map((c) =>
    say('group_clear', {
      ...{ name: c.name, month, word: direction(c.difference), points: points(c.difference) },
      ...{ then: percent(c.then.breached / c.then.n), now: percent(c.now.breached / c.now.n) },
      ...{ low: signed(c.low * 100, 1), high: signed(c.high * 100, 1) },
    }),
  )
}
