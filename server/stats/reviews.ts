import { figuresOf } from '../../geo/review/figures.ts'
import { wibDay, wibMonthRange } from '../../geo/sla/shift.ts'
import type { Review, ReviewMonth } from '../../geo/wire/review.ts'
import type { Services } from '../services.ts'

interface Drawn {
  seed: string | null
  share: number | null
  pool: number | null
  drawn_at: string | null
  over: number
}

/** A WIB month as instants. */
export const spanOf = (month: string): { from: Date; to: Date } => {
  const { from, to } = wibMonthRange(month) ?? { from: 0, to: 0 }
  return { from: new Date(from), to: new Date(to) }
}

/** The cases of a month under review, how they were drawn and what came of them. */
export async function readReviews(
  { db, simulated }: Pick<Services, 'db' | 'simulated'>,
  month: string,
  now: Date,
): Promise<Omit<ReviewMonth, 'share'>> {
  const rows = await db.rows<{ review: Review }>('review_cases', { month, simulated })
  const { over, ...drawn } = await db.one<Drawn>('review_month', { month, simulated, ...spanOf(month) })
  const reviews = rows.map((row) => row.review)
  const { seed, share: taken, pool, drawn_at } = drawn
  return {
    month,
    lot:
      seed === null || taken === null || pool === null || drawn_at === null
        ? null
        : { seed, share: taken, pool, drawn_at: new Date(drawn_at).toISOString() },
    figures: figuresOf(reviews, over, wibDay(now.getTime())),
    reviews,
  }
}
