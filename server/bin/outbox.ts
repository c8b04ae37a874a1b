/**
 * `npm run outbox -- list [STATUS]`: what goes to the data centre, newest first, and what is owed. `replay ID` or `replay --dead`: sent again, by the
 * running server or the next one. `preview NUMBER`: the body of a case as it would be sent now, as JSON.
 */
import { parseArgs } from 'node:util'
import { OUTBOX_STATUSES, type OutboxMessage } from '../../geo/wire/outbox.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { command } from '../command.ts'
import { readMapping } from '../integrations/kominfo/mapping.ts'
import { previewMessage } from '../integrations/kominfo/preview.ts'
import type { OutboxFigures } from '../integrations/kominfo/sender.ts'
import { decideDemo, type InstallationState } from '../worlds.ts'

const ACTOR = 'command:outbox'
const HOW = 'Pakai: outbox -- list [STATUS] | replay ID | replay --dead | preview NOMOR'
const LISTED = 200

await command(async ({ config, db, say }) => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { dead: { type: 'boolean' } } })
  const [what, about] = positionals
  const now = new Date()
  const simulated = decideDemo(config, db.embedded, await db.one<InstallationState>('installation_state'))
  if (what === 'list') {
    const status = OUTBOX_STATUSES.find((name) => name === about) ?? null
    if (about !== undefined && status === null) throw new Error(`Status: ${OUTBOX_STATUSES.join(', ')}`)
    const rows = await db.rows<{ message: OutboxMessage }>('outbox_list', { status, limit: LISTED, simulated })
    for (const { message } of rows) say(lineOf(message))
    const { pending, dead, oldest_at } = await db.one<OutboxFigures>('outbox_figures', { simulated })
    const target = config.kominfo.target
      ? `ke ${new URL(config.kominfo.target.url).host}`
      : 'tanpa tujuan (KOMINFO_URL)'
    say(`${pending} menunggu${oldest_at ? ` sejak ${oldest_at}` : ''}, ${dead} gagal, ${target}`)
  } else if (what === 'replay' && (values.dead === true) !== (about !== undefined)) {
    if (about !== undefined && !uuid.safeParse(about).success)
      throw new Error('replay: sebutkan id seperti yang ditampilkan list')
    const again = await db.value<OutboxMessage[]>('outbox_replay', { id: about ?? null, actor: ACTOR, now, simulated })
    for (const message of again) say(lineOf(message))
    say(`${again.length} pesan dikirim ulang`)
  } else if (what === 'preview' && about !== undefined) {
    const mapping = config.kominfo.mapping === null ? null : readMapping(config.kominfo.mapping)
    const body = await previewMessage(db, about, { now, simulated, mapping, actor: ACTOR })
    if (!body) throw new Error(`Tidak ada kejadian ${about}`)
    say(JSON.stringify(body, null, 2))
  } else throw new Error(HOW)
})

function lineOf({ id, number, status, reason, created_at, tries, next_try_at, last_error }: OutboxMessage): string {
  const next = next_try_at ? `lagi ${next_try_at}` : ''
  return [id, number, status, reason, `sejak ${created_at}`, `${tries}×`, next, last_error ?? '']
    .filter(Boolean)
    .join('  ')
}
