import type { id } from './id.ts'

export const en: Record<keyof typeof id, string> = {
  move_title: 'Shift units',
  move_open: 'Shift units',
  move_kind: 'Kind of unit',
  move_minutes: 'Time limit',
  move_within: 'within {n} min',
  move_posts: 'Posts',
  move_own: 'own posts',
  move_all: 'all posts',
  move_close: 'Close',
  move_wait: 'Computing…',
  move_away: 'No advice yet: the server does not answer.',
  move_drive: '{n} drive',
  move_gain: '{share} demand · {people} people in reach · mean {mean}',
  move_demand: 'Demand',
  move_people: 'People',
  move_mean: 'Mean',
  move_by_incidents: 'demand from {n} incidents of 12 months',
  move_by_people: 'demand from the population (only {n} incidents in 12 months)',
  move_population: '{n} people, as of {year}',
  move_busy: 'not standing by: {who}',
}
