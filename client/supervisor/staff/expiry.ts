import { wibDate } from '../../../geo/sla/shift.ts'
import type { StaffRecord } from '../../../geo/wire/shift_plan.ts'

/** A course that ends within this is told in time to book another. */
const SOON_MS = 60 * 86_400_000

export type Expiry = 'none' | 'valid' | 'expiring' | 'expired'

/** How a record stands on a WIB day: its last day still counts; without one it does not end. */
export function expiryOf({ expires_on }: Pick<StaffRecord, 'expires_on'>, today: string): Expiry {
  if (expires_on === null) return 'none'
  if (expires_on < today) return 'expired'
  return (wibDate(expires_on) ?? 0) - (wibDate(today) ?? 0) <= SOON_MS ? 'expiring' : 'valid'
}

/** The record of a kind that is valid longest, or null. */
export function bestOf(records: readonly StaffRecord[], kind: StaffRecord['kind']): StaffRecord | null {
  const own = records.filter((record) => record.kind === kind)
  const key = ({ expires_on }: StaffRecord) => expires_on ?? '9999'
  return own.reduce<StaffRecord | null>((best, each) => (best === null || key(each) > key(best) ? each : best), null)
}
