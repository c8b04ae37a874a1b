import type { z } from 'zod'
import type { deviceLocated } from '../../geo/wire/calls.ts'
import type { deviceLocationInput } from '../../geo/wire/requests.ts'
import type { Services } from '../services.ts'

/** Where a caller's phone says it is: kept with its call, or until that call comes. No incident moves by it. */
export async function locateDevice(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  { location, ...rest }: z.infer<typeof deviceLocationInput>,
  actor: string,
  now: Date,
): Promise<z.infer<typeof deviceLocated>> {
  const [lon, lat] = location.coordinates
  const { matched, call_id } = await db.value<z.infer<typeof deviceLocated>>('device_location_add', {
    input: { ...rest, lon, lat },
    actor,
    now,
    simulated,
  })
  void hub.nudge()
  return { matched, call_id }
}
