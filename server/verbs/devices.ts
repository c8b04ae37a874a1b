import type { z } from 'zod'
import type { Device, deviceInput, ListedDevice, PairedDevice } from '../../geo/wire/field.ts'
import { scopeAgency, scopeUnit, type Principal } from '../auth/principal.ts'
import { hashSecret, newSecret } from '../auth/secret.ts'
import type { Services } from '../services.ts'

type By = Pick<Principal, 'role' | 'agency_id' | 'unit_id' | 'actor'>
const scopesOf = (by: By) => ({ scope_agency: scopeAgency(by), scope_unit: scopeUnit(by) })

/** The phones paired with a unit now, and what became of what each sent. */
export const listDevices = (
  { db }: Pick<Services, 'db'>,
  unit_id: string,
  by: By,
  now: Date,
): Promise<ListedDevice[]> => db.value<ListedDevice[]>('device_list', { unit_id, ...scopesOf(by), now })

/** Pairs a phone app with a unit; its secret is told once. */
export async function pairDevice(
  { db, hub }: Pick<Services, 'db' | 'hub'>,
  unit_id: string,
  input: z.infer<typeof deviceInput>,
  by: By,
  now: Date,
): Promise<Omit<PairedDevice, 'server_url'>> {
  const secret = newSecret('token')
  const device = await db.value<Device>('device_pair', {
    unit_id,
    input: { ...input, secret_hash: hashSecret(secret) },
    ...scopesOf(by),
    actor: by.actor,
    now,
  })
  void hub.nudge()
  return { device, secret }
}

/** Lets a paired phone go. */
export async function unpairDevice(
  { db, hub }: Pick<Services, 'db' | 'hub'>,
  unit_id: string,
  id: string,
  by: By,
  now: Date,
): Promise<void> {
  await db.rows('device_unpair', { unit_id, id, ...scopesOf(by), actor: by.actor, now })
  void hub.nudge()
}
