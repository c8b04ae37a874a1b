/** `npm run token -- ROLE [--agency CODE] [--unit CALLSIGN]`: makes an API token; the token stands alone on the last line. */
import { parseArgs } from 'node:util'
import { ROLES, type Role } from '../../geo/wire/primitives.ts'
import { issueCredential } from '../auth/credentials.ts'
import { command } from '../command.ts'

await command(async ({ db, say }) => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { agency: { type: 'string' }, unit: { type: 'string' } },
  })
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
    new Date(),
  )
  say(token)
})

function fail(reason: string): never {
  throw new Error(reason)
}
