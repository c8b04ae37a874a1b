import type { AgencyFigures } from '../../../../geo/wire/stats.ts'
import { SHARE_MIN_N } from '../../../state/compliance.ts'
import { t } from '../../../text/text.ts'
import { duration } from '../../../text/time.ts'
import { say } from '../text/say.ts'

/** How soon an agency answers: the median with its n; under n = 5 the n alone. Seconds up to two minutes. */
export function answerWords(figures: AgencyFigures | undefined): string {
  if (!figures || figures.assignments === 0) return say('ack_none')
  const { acknowledged: n, acknowledge_median_seconds: median } = figures
  if (n < SHARE_MIN_N || median === null) return say('ack_few', { n })
  return say('ack_n', { time: median < 120 ? t('seconds_short', { n: Math.round(median) }) : duration(median), n })
}
