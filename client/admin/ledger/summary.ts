import type { Ledger } from '../../../geo/wire/ledger.ts'
import { say } from './text/say.ts'
import { errorWords, percent, time } from './words.ts'

const whole = (share: number | null) => Math.round((share ?? 0) * 100)

/** The month in a few sentences, each with its n; what is too few says so instead of a figure. */
export function summary({ decisions, nearest, accuracy }: Ledger): string[] {
  const { first } = decisions
  const said: string[] = [
    say(first.few ? 'sum_first_few' : 'sum_first', {
      ...{ n: decisions.n, k: first.k, of: first.n, share: percent(first.share ?? 0) },
      ...{ low: whole(first.low), high: whole(first.high) },
    }),
  ]
  const total = time(nearest.lost_seconds)
  if (nearest.n === 0) said.push(say('sum_nearest_none'))
  else if (nearest.few) said.push(say('sum_nearest_few', { n: nearest.n, total }))
  else
    said.push(
      say('sum_nearest', {
        ...{ n: nearest.n, total },
        ...{ median: time(nearest.median_lost_seconds ?? 0), p90: time(nearest.p90_lost_seconds ?? 0) },
      }),
    )
  if (nearest.unpriced > 0) said.push(say('sum_unpriced', { n: nearest.unpriced }))
  said.push(
    accuracy.few
      ? say('sum_accuracy_few', { n: accuracy.n })
      : say('sum_accuracy', {
          ...{ n: accuracy.n, median: errorWords(accuracy.median_error_seconds ?? 0) },
          ...{ p90: time(accuracy.p90_error_seconds ?? 0), near: percent(accuracy.within_2_minutes / accuracy.n) },
          part: percent(accuracy.within_20_percent / accuracy.n),
        }),
    say('sum_left_out', {
      ...{ open: accuracy.open, without: accuracy.without_arrival },
      ...{ queued: accuracy.queued, unpriced: accuracy.unpriced },
    }),
  )
  if (decisions.none > 0) said.push(say('sum_none', { n: decisions.none }))
  if (decisions.unknown > 0) said.push(say('sum_unknown', { n: decisions.unknown }))
  return said
}
