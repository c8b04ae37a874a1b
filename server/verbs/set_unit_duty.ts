import type { z } from 'zod'
import type { Unit } from '../../geo/wire/masterdata.ts'
import type { unitDutyInput } from '../../geo/wire/requests.ts'
import { scopeAgency, scopeUnit, type Principal } from '../auth/principal.ts'
import type { Services } from '../services.ts'

/** Duty and crew of a unit as its OPD or its own crew says they are; in force for the next recommendation. */
export async function setUnitDuty(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  id: string,
  input: z.infer<typeof unitDutyInput>,
  principal: Pick<Principal, 'role' | 'agency_id' | 'unit_id' | 'actor'>,
  now: Date,
): Promise<Omit<Unit, 'position'>> {
  const unit = await db.value<Omit<Unit, 'position'>>('unit_duty_set', {
    id,
    input,
    scope_agency: scopeAgency(principal),
    scope_unit: scopeUnit(principal),
    actor: principal.actor,
    now,
    simulated,
  })
  void hub.nudge()
  return unit
}
