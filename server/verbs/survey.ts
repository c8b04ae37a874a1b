import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { wibMidnight } from '../../geo/sla/shift.ts'
import type { surveyInput } from '../../geo/wire/survey.ts'
import { hashSecret } from '../auth/secret.ts'
import type { Services } from '../services.ts'

const DAY_MS = 86_400_000
/** A link may be used until the end of the WIB day that is this many days off: a whole day, so that its end does not tell when it was made. */
const LINK_DAYS = 30

/**
 * Makes a link for the caller of a case or call that is over. 128 bits keep it short enough for an SMS; only its hash rests. Somebody
 * sends it by hand: the server sends nothing.
 */
export async function inviteToSurvey(
  { db, hub, simulated }: Pick<Services, 'db' | 'hub' | 'simulated'>,
  input: z.output<typeof surveyInput>,
  actor: string,
  now: Date,
): Promise<{ path: string; expires_at: string }> {
  const secret = randomBytes(16).toString('base64url')
  const expires_at = new Date(wibMidnight(now.getTime()) + (LINK_DAYS + 1) * DAY_MS).toISOString()
  await db.value('survey_invite', {
    input: { ...input, token_hash: hashSecret(secret), expires_at },
    actor,
    now,
    simulated,
  })
  void hub.nudge()
  return { path: `/survey#${secret}`, expires_at }
}
