import type { z } from 'zod'
import type { Account, accountInput, accountPatch } from '../../geo/wire/accounts.ts'
import { hashSecret, newSecret } from '../auth/secret.ts'
import { notFound } from '../errors.ts'
import type { Services } from '../services.ts'

type Needed = Pick<Services, 'db' | 'hub'>

/** How long the owner of an account has to use the link. */
const LINK_HOURS = 48

export const listAccounts = async ({ db }: Pick<Services, 'db'>, now: Date, id: string | null = null) =>
  (await db.rows<{ account: Account }>('accounts', { id, now })).map((row) => row.account)

/** An admin makes an account, or changes one: `id` null makes it. Its sessions end with any change. */
export async function putAccount(
  { db, hub }: Needed,
  id: string | null,
  input: z.infer<typeof accountInput> | z.infer<typeof accountPatch>,
  actor: string,
  now: Date,
): Promise<Account> {
  const { id: made } = await db.value<Account>('account_put', { id, input, actor, now })
  await hub.nudge()
  const [account] = await listAccounts({ db }, now, made)
  if (!account) throw notFound('Akun')
  return account
}

/** Has a link made with which the account's owner sets a password: nobody types one for somebody else. */
export async function issuePasswordLink(
  { db, hub }: Needed,
  id: string,
  actor: string,
  now: Date,
): Promise<{ path: string; expires_at: string }> {
  const secret = newSecret('link')
  const expires_at = new Date(now.getTime() + LINK_HOURS * 3_600_000)
  await db.value('account_link_issue', { id, secret_hash: hashSecret(secret), expires_at, actor, now })
  await hub.nudge()
  return { path: `/masuk#tautan=${secret}`, expires_at: expires_at.toISOString() }
}

/** Ends every session of an account. */
export async function endSessions({ db, hub }: Needed, id: string, actor: string, now: Date): Promise<void> {
  await db.value<number>('account_sessions_end', { id, actor, now })
  await hub.nudge()
}
