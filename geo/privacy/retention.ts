/**
 * How long personal data is kept, in days, by kind. `words`: callers' names, numbers and words, reports, notes and reasons, from the end of their case (calls
 * of no case from their ringing): a year covers complaints, claims and the yearly accounts. `device_location`: where phones were; of no use once the case is
 * over. `view`: who saw what, and why data was kept or erased: as long as the penal limit for misuse of it runs. `position`: where units were.
 */
export const RETENTION = {
  words: { days: 365, min: 30, max: 3_650 },
  device_location: { days: 30, min: 1, max: 365 },
  view: { days: 1_826, min: 365, max: 3_653 },
  position: { days: 30, min: 1, max: 365 },
} as const
export type RetentionPeriod = keyof typeof RETENTION
export type RetentionDays = Record<RetentionPeriod, number>

export const PERIODS = Object.keys(RETENTION) as RetentionPeriod[]

/** The days in force: what an admin set where it can be read, else the planned ones. `set` is the installation's setting, whatever it holds. */
export function retentionDays(set: unknown): RetentionDays {
  const told = typeof set === 'object' && set !== null ? (set as Record<string, unknown>) : {}
  const days = (period: RetentionPeriod): number => {
    const { min, max, days } = RETENTION[period]
    const given = told[period]
    return typeof given === 'number' && Number.isInteger(given) && given >= min && given <= max ? given : days
  }
  return {
    words: days('words'),
    device_location: days('device_location'),
    view: days('view'),
    position: days('position'),
  }
}
