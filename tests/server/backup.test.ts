import { createHash, randomBytes } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../geo/wire/incident.ts'
import { readAnchors } from '../../server/audit/anchors.ts'
import { checkLog } from '../../server/audit/check.ts'
import { openPacked } from '../../server/backup/file.ts'
import { restoreBackup, type Outcome } from '../../server/backup/restore.ts'
import { verifyBackup } from '../../server/backup/read.ts'
import { readConfig, type Config } from '../../server/config.ts'
import { connectDatabase } from '../../server/db/connect.ts'
import { comingTo, settleSwap } from '../../server/db/folder_swap.ts'
import { erasuresFile } from '../../server/privacy/noted_erasures.ts'
import { fillFrom, GOLDEN, nowhere, onInstallation, runBeside, sumsOf } from '../helpers/backups.ts'
import { onPostgres } from '../helpers/database.ts'
import { png } from '../helpers/pictures.ts'
import { seededRandom } from '../helpers/random.ts'
import { endOf, freePort, installationEnv, spawnServer, tokenOf, type Spawned } from '../helpers/spawned.ts'
import { pino } from 'pino'

const GOLDEN_FILE = join(GOLDEN, '0028.siaga')
const WRITERS = 3
/** Some 0.15 s on a quiet machine (README, Measured); what a busy one may make of it. */
const HELD_MS = 1_000
const NOW = new Date('2026-11-28T12:00:00+07:00')

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const folder = mkdtempSync(join(tmpdir(), 'siaga-backup-'))
const file = join(folder, 'room.siaga')
const removals: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
const random = seededRandom(112)

/** An invented day, three writers who go on, and a backup made beside them. */
let env: Record<string, string>
let config: Config
let server: Spawned
let noted_age_seconds: number
let acknowledged_before: string[] = []
let answered: { before: string[]; list: Incident[] }
let made: Awaited<ReturnType<typeof runBeside>>

/** A place to restore to: on PostgreSQL a database without anything in it; on the embedded one what a first start made (an empty folder is for the last test). */
async function somewhere(): Promise<{ config: Config; env: Record<string, string> }> {
  if (onPostgres()) {
    const empty = await nowhere('postgres')
    removals.push(empty.remove)
    return empty
  }
  const begun = await installationEnv()
  removals.push(begun.remove)
  return { env: begun.env, config: readConfig({ ...begun.env, PORT: '0' }) }
}

async function migrated(of: Config): Promise<void> {
  const { close } = await connectDatabase(of, 'command', pino({ level: 'silent' }), () => undefined)
  await close()
}

beforeAll(async () => {
  const installation = await installationEnv()
  removals.push(installation.remove)
  ;({ env } = installation)
  config = readConfig({ ...env, PORT: '0' })
  await onInstallation(config, (session) => fillFrom(GOLDEN_FILE, session))
  await migrated(config)
  await onInstallation(config, async (session) => {
    // Bytes too, more than are read at once.
    for (let i = 1; i <= 6; i++)
      await session.execute(
        `insert into report_photo (incident_id, agency_id, number, sha256, kind, width, height, bytes, salt, written_at, written_by)
         select incident_id, agency_id, $1::integer, $1::text, 'png', 9, 9, $2::bytea, 'x', now(), 'uji' from agency_report order by 1, 2 limit 1`,
        [i, Buffer.concat([png(9, 9), randomBytes(40_000)])],
      )
  })
  const port = await freePort()
  server = await spawnServer(env, port)
  const token = tokenOf(env, 'operator')
  const acknowledged: string[] = []
  let writing = true
  const writer = async (name: number) => {
    for (let i = 0; writing; i++) {
      const response = await fetch(`${server.url}/api/incidents`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': `${name}-${i}`,
        },
        body: JSON.stringify({
          incident_type: 'kebakaran',
          location: { type: 'Point', coordinates: [109.66 + random() / 50, -6.9 + random() / 50] },
          description: `penulis ${name}`,
        }),
      })
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      acknowledged.push(((await response.json()) as { incident: Incident }).incident.id)
    }
  }
  const writers = Array.from({ length: WRITERS }, (_, i) => writer(i))
  while (acknowledged.length < 10) await new Promise((done) => setTimeout(done, 20))
  acknowledged_before = [...acknowledged]
  made = await runBeside('backup', [file], env)
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  noted_age_seconds = Number(/^siaga_backup_age_seconds (\S+)/m.exec(metrics)?.[1])
  const during = acknowledged.length
  writing = false
  await Promise.all(writers)
  expect(during, 'the room stood still').toBeGreaterThan(acknowledged_before.length)
  const list = await fetch(`${server.url}/api/incidents?limit=5000`, { headers: { authorization: `Bearer ${token}` } })
  answered = { before: acknowledged_before, list: (await list.json()) as Incident[] }
  await endOf(server.process, 'SIGTERM')
}, 240_000)
afterAll(async () => {
  if (server) await endOf(server.process, 'SIGKILL')
  for (const remove of removals.reverse()) await remove()
})

describe('a backup', () => {
  let there: Awaited<ReturnType<typeof somewhere>>
  let outcome: Outcome
  let seq: number

  it('is made beside a server at work, for its owner alone, and leaves nothing else behind', async () => {
    expect(noted_age_seconds).toBeLessThan(300)
    expect(made.stderr.replaceAll(/^ {2}… .*\n/gm, '')).toBe('')
    expect(made.status).toBe(0)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['room.siaga'])
    if (!onPostgres()) {
      expect(heldBy(made.stdout)).toBeLessThan(HELD_MS)
      expect(readdirSync(env.SIAGA_DATA).filter((name) => name.startsWith('pg.'))).toEqual([])
    }
    console.info(made.stdout)
  })

  it('is what the database held at one moment, row by row, wherever it is restored', async () => {
    there = await somewhere()
    // Somebody asked meanwhile for his data to be erased: the backup knows nothing of it.
    const [closed] = answered.list.filter(({ status }) => status === 'closed')
    expect(existsSync(erasuresFile(there.config))).toBe(false)
    appendFileSync(erasuresFile(there.config), `${JSON.stringify({ at: NOW.toISOString(), incident_id: closed.id })}\n`)
    outcome = await restoreBackup(there.config, file, { replace: false, now: NOW, progress: () => undefined })
    seq = outcome.head.log.seq
    // A case is in the backup or it is not, with all that belongs to it.
    const cases = `(select incident_id from event where kind = 'incident.created' and seq <= ${seq})`
    const erased = `incident_id <> '${closed.id}'`
    const told = {
      event: { where: `seq <= ${seq}` },
      incident: { where: `id in ${cases}` },
      incident_private: { where: `incident_id in ${cases} and ${erased}` },
      incident_note: { where: erased },
      incident_figure: {
        where: `incident_id in ${cases}`,
        row: `(to_jsonb(t) - '{h3_7,h3_8,h3_9,h3_10}'::text[])::text`,
      },
      // What was answered is written once the case is: the next statement.
      idempotency_key: { where: `incident_id in ${cases}`, row: `(to_jsonb(t) - 'response')::text` },
      // One a second at most notes that it is in use; who was let in then is not any more.
      credential: { row: `(to_jsonb(t) - '{last_seen_at,online_at,used_at,revoked_at}'::text[])::text` },
      ...Object.fromEntries(
        [
          'call_private',
          'agency_report',
          'final_report',
          'report_photo',
          'dispatch_decision',
          'erasure',
          'log_head',
        ].map((name) => [
          name,
          {
            where:
              name === 'erasure'
                ? `rule <> 'request_again'`
                : name === 'log_head'
                  ? 'false'
                  : name === 'call_private'
                    ? `call_id not in (select id from call where incident_id = '${closed.id}')`
                    : erased,
          },
        ]),
      ),
      incident_counter: {
        row: `(select max(right(number, 4)::int) from incident where id in ${cases} and number like '112-' || to_char(t.day, 'YYYYMMDD') || '%')::text`,
      },
    }
    // Noted once the file was there.
    const noted = { where: "key <> 'backup'" }
    const before = await onInstallation(config, (session) => sumsOf(session, { ...told, setting: noted }))
    const after = await onInstallation(there.config, (session) => sumsOf(session, told))
    expect(after).toEqual(before)
    expect(Object.keys(outcome.last.rows).sort(), 'every table is in it').toEqual(Object.keys(before).sort())
    expect(before.report_photo).toMatch(/^[56] /)
    const ids = await onInstallation(
      there.config,
      async (session) =>
        new Set((await session.execute<{ id: string }>('select id from incident')).map(({ id }) => id)),
    )
    expect(
      answered.before.filter((id) => !ids.has(id)),
      'acknowledged before the backup began',
    ).toEqual([])
    expect(outcome.erased_again).toBe(1)
  }, 240_000)

  it('goes on as a log of its own: whole, restored by name, nobody signed in, what was erased erased', async () => {
    const { db, close } = await connectDatabase(there.config, 'command', pino({ level: 'silent' }), () => undefined)
    try {
      const [closed] = answered.list.filter(({ status }) => status === 'closed')
      // What was noted of the log before, beyond the backup and within it.
      const { log_id, hash } = outcome.head.log
      const noted = [
        { at: NOW.toISOString(), log_id, seq, hash },
        { at: NOW.toISOString(), log_id, seq: seq + 40, hash },
      ]
      appendFileSync(there.config.anchors_file, noted.map((each) => `${JSON.stringify(each)}\n`).join(''))
      const found = await checkLog(db, there.config.anchors_file)
      expect(found).toMatchObject({ seq: seq + 2, anchors: 2 })
      expect(found.restores).toMatchObject([{ line: seq + 1, seq, lost_to: seq + 40, sha256: outcome.last.sha256 }])
      expect(readAnchors(there.config.anchors_file)[0]).toMatchObject({ seq: seq + 2, log_id: outcome.log_id })
      expect(outcome.log_id).not.toBe(log_id)
      // Within the backup they must agree: a log written anew does not hide behind a restore.
      writeFileSync(there.config.anchors_file, `${JSON.stringify({ ...noted[0], hash: 'f'.repeat(64) })}\n`)
      await expect(checkLog(db, there.config.anchors_file)).rejects.toThrow(`Baris ${seq} bukan yang tercatat`)
      const client = await db.client()
      const one = async (text: string) => Object.values((await client.query<Record<string, number>>(text)).rows[0])[0]
      expect(
        await one(
          `select count(*) from credential where revoked_at is null and (kind = 'link' or (kind = 'session' and role <> 'screen'))`,
        ),
      ).toBe(0)
      expect(await one(`select count(*) from credential where revoked_at is null`)).toBe(outcome.stay.length)
      expect(outcome.stay.length).toBeGreaterThan(0)
      expect(await one(`select count(*) from outbox_message where status = 'pending'`)).toBeGreaterThan(0)
      expect(
        await one(`select count(*) from incident_private where incident_id = '${closed.id}' and erased_at is null`),
      ).toBe(0)
      // The next numbers are free: nothing is numbered twice.
      expect(
        await one(`select nextval(pg_get_serial_sequence('complaint_note', 'ord')) - max(ord) from complaint_note`),
      ).toBe(1)
      await client.end()
    } finally {
      await close()
    }
  }, 240_000)

  it('answers as before', async () => {
    server = await spawnServer({ ...there.env }, await freePort())
    const token = tokenOf(there.env, 'operator')
    const response = await fetch(`${server.url}/api/incidents?limit=5000`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const list = (await response.json()) as Incident[]
    const bare = (rows: Incident[]) => rows.map(({ clocks: _, ...rest }: Incident & { clocks?: unknown }) => rest)
    const known = new Set(list.map(({ id }) => id))
    expect(bare(list)).toEqual(bare(answered.list.filter(({ id }) => known.has(id))))
    expect(list.length).toBeGreaterThanOrEqual(answered.before.length)
    if (!onPostgres()) {
      const { status, stderr } = await runBeside('restore', [file, '--replace'], there.env)
      expect([status, stderr]).toEqual([1, expect.stringContaining('Server masih berjalan')])
    }
    await endOf(server.process, 'SIGTERM')
  }, 240_000)

  it('is refused whole: damaged, cut, newer, of another world, or in the place of somebody’s work', async () => {
    const whole = readFileSync(file)
    const text = gunzipSync(whole).toString()
    const rows = text.split('\n')
    const at = Math.floor(random() * (whole.length - 200)) + 100
    const turned = Buffer.from(whole)
    turned[at] ^= 0x10
    const other = text.replace('"real":true', '"real":false').replace('"simulated":false', '"simulated":true')
    const resealed = (lines: string[]) => {
      const body = `${lines.slice(0, -2).join('\n')}\n`
      const last = JSON.parse(lines.at(-2) as string) as object
      return gzipSync(`${body}${JSON.stringify({ ...last, sha256: sha256(body) })}\n`)
    }
    const state = () => onInstallation(there.config, (session) => sumsOf(session))
    const before = await state()
    for (const [bytes, reason, replace] of [
      [turned, /rusak atau terpotong|bukan cadangan/, true],
      [whole.subarray(0, at), /rusak atau terpotong/, true],
      [gzipSync(rows.slice(0, -2).join('\n') + '\n'), /rusak atau terpotong/, true],
      [gzipSync(text.replace('uji', 'uJi')), /rusak atau terpotong/, true],
      [resealed(rows.toSpliced(3, 0, rows[2])), /rusak atau terpotong/, true],
      [gzipSync(text.replace('"format":1', '"format":2')), /lebih baru daripada program/, true],
      [
        resealed(text.replace('"0028_assignment_notified"', '"9999_later"').split('\n')),
        /lebih baru daripada program/,
        true,
      ],
      [Buffer.from('age-encryption.org/v1'), /bukan cadangan/, true],
      [Buffer.alloc(0), /rusak atau terpotong/, true],
      [resealed(other.split('\n')), /tidak dicampur/, true],
      [whole, /--replace/, false],
    ] as const) {
      const bad = join(folder, 'bad.siaga')
      writeFileSync(bad, bytes)
      await expect(
        restoreBackup(there.config, bad, { replace, now: NOW, progress: () => undefined }),
        String(reason),
      ).rejects.toThrow(reason)
    }
    expect(await state()).toEqual(before)
    rmSync(join(folder, 'bad.siaga'))
  }, 240_000)
})

describe('kill -9', () => {
  it('of a backup leaves a whole file or none', async () => {
    const killed = join(folder, 'killed.siaga')
    for (let i = 0; i < (onPostgres() ? 3 : 1); i++) {
      rmSync(killed, { force: true })
      await runBeside('backup', [killed], env, 200 + random() * (onPostgres() ? 700 : 3_500))
      if (!existsSync(killed)) continue
      const packed = await openPacked(killed)
      expect((await verifyBackup(packed)).head.holds.real).toBe(true)
      await packed.close()
    }
    // What a killed one began goes with the next.
    expect((await runBeside('backup', [killed], env)).status).toBe(0)
    expect(readdirSync(folder).filter((name) => name.startsWith('killed'))).toEqual(['killed.siaga'])
    expect(readdirSync(env.SIAGA_DATA).filter((name) => name.startsWith('pg.'))).toEqual([])
  }, 240_000)

  it('of a restore leaves what was, or what was restored', async () => {
    const sums = () => onInstallation(config, (session) => sumsOf(session))
    const head = ({ log_head }: Record<string, string>) => log_head
    const was = await sums()
    let before = was
    let [replaced, takes_ms] = [0, Infinity]
    for (let i = 0; i < (onPostgres() ? 4 : 2); i++) {
      const began = performance.now()
      // The first may end.
      const { status } = await runBeside(
        'restore',
        [file, '--replace'],
        env,
        i === 0 ? undefined : random() * takes_ms * 1.1,
      )
      if (i === 0) takes_ms = performance.now() - began
      const after = await sums()
      if (head(after) === head(before)) expect(after).toEqual(before)
      else {
        replaced++
        expect(after.incident).not.toBe(was.incident)
        expect(after.log_head).not.toBe(was.log_head)
      }
      expect(status === 0 && head(after) === head(before), 'said to be restored').toBe(false)
      before = after
    }
    expect(replaced).toBeGreaterThan(0)
    expect(readdirSync(env.SIAGA_DATA).filter((name) => /^pg\.(restored|replaced)$/.test(name))).toEqual([])
  }, 240_000)

  it('within the swap of folders is taken up by the next start', () => {
    for (const left of [[], ['pg'], ['pg.replaced'], ['pg', 'pg.replaced']]) {
      const dir = mkdtempSync(join(folder, 'swap-'))
      const at = (name: string) => join(dir, name)
      for (const name of left) writeFileSync(at(name), 'old')
      writeFileSync(comingTo(at('pg')), 'new')
      settleSwap(at('pg'))
      expect(readdirSync(dir)).toEqual(['pg'])
      expect(readFileSync(at('pg'), 'utf8')).toBe('new')
      settleSwap(at('pg'))
      expect(readFileSync(at('pg'), 'utf8')).toBe('new')
    }
  })
})

if (onPostgres())
  describe('one database’s backup', () => {
    it('is restored into the other and back, row by row', async () => {
      const plain = await nowhere('embedded')
      const back = await nowhere('postgres')
      removals.push(plain.remove, back.remove)
      expect((await runBeside('restore', [file], plain.env)).status).toBe(0)
      const again = join(folder, 'again.siaga')
      server = await spawnServer(plain.env, await freePort())
      const beside = await runBeside('backup', [again], plain.env)
      expect(beside.status, beside.stderr).toBe(0)
      expect(heldBy(beside.stdout)).toBeLessThan(HELD_MS)
      await endOf(server.process, 'SIGTERM')
      await restoreBackup(back.config, again, { replace: false, now: NOW, progress: () => undefined })
      const [first, second] = [piecesOf(file), piecesOf(again)]
      for (const table of Object.keys(first))
        // A server that has started keeps house: cells, hashes of numbers past their day, its own settings.
        if (!TOUCHED.includes(table)) expect(second[table], table).toEqual(first[table])
      const sums = (of: Config) =>
        onInstallation(of, (session) =>
          sumsOf(session, {
            event: { where: `seq <= ${JSON.stringify(second.event.length)}` },
            log_head: { where: 'false' },
            // Cells follow within seconds.
            incident_figure: { row: `(to_jsonb(t) - '{h3_7,h3_8,h3_9,h3_10}'::text[])::text` },
            // The link that the start had printed has ended.
            credential: { row: `(to_jsonb(t) - 'revoked_at')::text` },
            // Noted once the file was there.
            setting: { where: "key <> 'backup'" },
          }),
        )
      expect(await sums(back.config)).toEqual(await sums(plain.config))
    }, 240_000)
  })

/** Milliseconds that a backup says it held a running server's callers. */
const heldBy = (said: string) => Number(/tertahan paling lama (\d+) ms/.exec(said)?.[1])
const TOUCHED = ['event', 'log_head', 'credential', 'incident_figure', 'call_private', 'setting']

/** The rows of a file by table, in an order of their own. */
function piecesOf(path: string): Record<string, string[]> {
  const rows: Record<string, string[]> = {}
  let table = ''
  for (const line of gunzipSync(readFileSync(path)).toString().split('\n').slice(1, -2)) {
    if (line.startsWith('{')) rows[(table = (JSON.parse(line) as { table: string }).table)] ??= []
    else rows[table].push(line)
  }
  return Object.fromEntries(Object.entries(rows).map(([name, lines]) => [name, lines.sort()]))
}
