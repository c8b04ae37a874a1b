import type { Services } from '../services.ts'

export interface Call {
  id: string
  rang_at: string
  answered_at: string | null
  ended_at: string | null
  line: string | null
  number_hidden: boolean
  kind: string | null
  incident_id: string | null
  simulated: boolean
}

/** A call rings; `input` as sql/functions/call_create.sql takes it. */
export async function createCall(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  input: object,
  actor: string,
  now: Date,
): Promise<Call> {
  const { call } = await db.value<{ call: Call }>('call_create', { input, actor, now, simulated })
  void hub.nudge()
  return call
}

/** What a call turned out to be. */
export async function patchCall(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  id: string,
  input: object,
  actor: string,
  now: Date,
): Promise<Call> {
  const { call } = await db.value<{ call: Call }>('call_patch', { id, input, actor, now, simulated })
  void hub.nudge()
  return call
}
