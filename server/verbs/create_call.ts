import type { Call, CallDetail } from '../../geo/wire/calls.ts'
import { deskOf, type Principal } from '../auth/principal.ts'
import type { callAnswer, callPatch } from '../../geo/wire/requests.ts'
import type { z } from 'zod'
import type { Services } from '../services.ts'

/** A call rings; `input` as sql/functions/call_create.sql takes it. The same id again: the same call, `replayed`. */
export async function createCall(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  input: object,
  actor: string,
  now: Date,
): Promise<{ call: Call; replayed: boolean }> {
  const { call, replayed } = await db.value<{ call: Call; replayed: boolean }>('call_create', {
    input,
    actor,
    now,
    simulated,
  })
  if (!replayed) void hub.nudge()
  return { call, replayed }
}

/** What a call turned out to be, what its caller said, which incident it is about. */
export async function patchCall(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  id: string,
  { location, ...rest }: z.infer<typeof callPatch>,
  actor: string,
  now: Date,
): Promise<Call> {
  const [lon, lat] = location?.coordinates ?? [null, null]
  const { call } = await db.value<{ call: Call }>('call_patch', {
    id,
    input: { ...rest, ...(location === undefined ? {} : { lon, lat }) },
    actor,
    now,
    simulated,
  })
  void hub.nudge()
  return call
}

/** A desk takes a call that a PBX told of; 409 tells who was quicker. */
export async function answerCall(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  id: string,
  input: z.infer<typeof callAnswer>,
  principal: Pick<Principal, 'actor' | 'login'>,
  now: Date,
): Promise<Call> {
  const { call } = await db.value<{ call: Call }>('call_answer', {
    id,
    input: { ...input, who: deskOf(principal) },
    actor: principal.actor,
    now,
    simulated,
  })
  void hub.nudge()
  return call
}

/** A call with what its caller said, or null; the look is recorded. */
export async function lookAtCall(
  { db, simulated }: Pick<Services, 'db' | 'simulated'>,
  id: string,
  actor: string,
  now: Date,
): Promise<CallDetail | null> {
  const row = await db.maybe<{ call: CallDetail }>('call_get', { id, simulated })
  if (row) await db.rows('private_view_add', { incident_id: null, call_id: id, actor, at: now })
  return row?.call ?? null
}
