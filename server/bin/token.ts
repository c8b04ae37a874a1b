/**
 * `npm run token -- ROLE [--agency CODE] [--unit CALLSIGN]`: makes an API token; the token stands alone on the last line.
 * `npm run token -- --list`: who is let in now. `npm run token -- --revoke ID`: ends one, a screen's session too.
 */
import { parseArgs } from 'node:util'
import { uuid, ROLES, type Role } from '../../geo/wire/primitives.ts'
import { issueCredential } from '../auth/credentials.ts'
import { command } from '../command.ts'
import type { Database } from '../db/database.ts'

interface Listed {
  id: string
  kind: string
  role: Role
  label: string
  agency: string | null
  unit: string | null
  created_at: Date
  expires_at: Date | null
}

await command(async ({ db, say }) => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      agency: { type: 'string' },
      unit: { type: 'string' },
      list: { type: 'boolean' },
      revoke: { type: 'string' },
    },
  })
  const now = new Date()
  if (values.list) return (await db.rows<Listed>('credential_list', { now })).forEach((row) => say(lineOf(row)))
  if (values.revoke !== undefined) return void say(await revoke(db, values.revoke, now))
  const role = positionals[0] as Role
  if (positionals.length !== 1 || !ROLES.includes(role)) throw new Error(`Sebutkan satu peran: ${ROLES.join(', ')}`)
  const agency_id =
    values.agency === undefined
      ? null
      : ((await db.maybe<{ id: string }>('agency_id_by_code', { code: values.agency }))?.id ??
        fail(`OPD ${values.agency} tidak dikenal`))
  const unit =
    values.unit === undefined
      ? null
      : ((await db.maybe<{ id: string; agency_id: string }>('unit_by_callsign', { callsign: values.unit })) ??
        fail(`Unit ${values.unit} tidak dikenal`))
  const token = await issueCredential(
    db,
    {
      kind: 'token',
      role,
      label: 'npm run token',
      agency_id: agency_id ?? unit?.agency_id ?? null,
      unit_id: unit?.id ?? null,
    },
    now,
  )
  say(token)
})

function lineOf({ id, kind, role, label, agency, unit, created_at, expires_at }: Listed): string {
  const until = expires_at ? `sampai ${expires_at.toISOString()}` : 'tanpa batas'
  return [id, kind, role, unit ?? agency ?? '-', `sejak ${created_at.toISOString()}`, until, label].join('  ')
}

async function revoke(db: Database, id: string, now: Date): Promise<string> {
  if (!uuid.safeParse(id).success) throw new Error('--revoke: sebutkan id seperti yang ditampilkan --list')
  if (!(await db.maybe('credential_revoke', { id, now }))) throw new Error(`Tidak ada akses ${id} yang masih berlaku`)
  return `Akses ${id} dicabut; layar atau sesi yang dibuka dengannya berakhir dalam setengah menit.`
}

function fail(reason: string): never {
  throw new Error(reason)
}
