import { expect, it } from 'vitest'
import { figuresOf } from '../../../geo/review/figures.ts'
import type { Finding, Review } from '../../../geo/wire/review.ts'
import { anIncident, at } from '../../client/fixtures.ts'

const found = (over: Partial<Finding>): Finding => ({
  id: '00000000-0000-4000-8000-000000000001',
  category: 'time',
  severity: 'minor',
  words: 'x',
  follow_up: null,
  due_on: null,
  done_at: null,
  revision: 1,
  made_at: at(0),
  made_by: 'kabid:k',
  ...over,
})
const reviewed = (reasons: Review['reasons'], findings: Finding[], done = false): Review => ({
  id: '00000000-0000-4000-8000-000000000002',
  reasons,
  status: done ? 'done' : 'open',
  drawn_at: at(0),
  done_at: null,
  done_by: null,
  incident: anIncident(),
  findings,
})

it('figures of a month: “nothing found” is no finding, a day that is today is not overdue, what is done waits no more', () => {
  const figures = figuresOf(
    [
      reviewed(['lot', 'override'], [found({ follow_up: 'a', due_on: '2026-11-28' })], true),
      reviewed(['lot'], [found({ category: 'none' })], true),
      reviewed(
        ['cancelled_sent'],
        [
          found({ category: 'conduct', severity: 'major', follow_up: 'b', due_on: '2026-11-27' }),
          found({ follow_up: 'c', due_on: '2026-11-01', done_at: at(0) }),
        ],
      ),
    ],
    40,
    '2026-11-28',
  )
  expect(figures).toEqual({
    over: 40,
    cases: 3,
    done: 2,
    by_reason: { lot: 2, override: 1, cancelled_sent: 1 },
    findings: 3,
    by_category: { time: 2, conduct: 1 },
    by_severity: { minor: 2, major: 1 },
    waiting: 2,
    overdue: 1,
  })
})
