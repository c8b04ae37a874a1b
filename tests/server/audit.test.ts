import { pino } from 'pino'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendAnchor } from '../../server/audit/anchors.ts'
import { lastDue, startAuditor, type Auditor } from '../../server/audit/nightly.ts'
import { readConfig } from '../../server/config.ts'
import { connectDatabase, type Connected } from '../../server/db/connect.ts'
import { installationEnv, runCommand } from '../helpers/spawned.ts'

/** More than the program reads at once, so that the chain is also followed from one batch into the next. */
const LINES = 1_005
const FIRST_OF_SECOND_BATCH = 1_001

let env: Record<string, string>
let remove: () => Promise<void>
let connected: Connected
let sql: pg.Client
let folder: string
/** Where heads of the log are noted, outside the database. */
let anchors: string
/** The head's number: behind it nothing is left. */
let last: number

const verify = () => runCommand('audit-verify', [], env)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'siaga-anchors-'))
  anchors = join(folder, 'jangkar', 'anchors.jsonl')
  ;({ env, remove } = await installationEnv({ SIAGA_ANCHORS: anchors }))
  connected = await connectDatabase(readConfig(env), 'command', pino({ level: 'silent' }), () => undefined)
  sql = await connected.db.client()
  await sql.query(
    `select append_event('test.line', 'penguji', case when n % 3 > 0 then gen_random_uuid() end,
       timestamptz '2026-11-23 10:00:00.123456+07' + n * interval '1 minute', now(), n % 2 = 0, jsonb_build_object('after', n))
     from generate_series(1, ${LINES}) n`,
  )
  last = (await sql.query<{ seq: number }>('select seq from log_head')).rows[0].seq
  await sql.query('create table event_kept as table event; create table log_head_kept as table log_head')
})
afterEach(() =>
  sql.query(`delete from event; delete from log_head;
    insert into event table event_kept; insert into log_head table log_head_kept`),
)
afterAll(async () => {
  await sql?.end()
  await connected?.close()
  await remove?.()
  rmSync(folder, { recursive: true, force: true })
})

/** Tampers by the statements given; answers the reason that the check then ends with. */
async function reasonAfter(statements: string): Promise<string> {
  const { rowCount } = await sql.query(statements)
  expect(rowCount, 'nothing was tampered with').toBeGreaterThan(0)
  const { status, stdout, stderr } = verify()
  expect(status).toBe(1)
  expect(stdout).toBe('')
  const lines = stderr.trim().split('\n')
  return lines.at(-1) ?? ''
}

describe('audit:verify', () => {
  it('finds an untouched log whole', () => {
    const { status, stdout } = verify()
    expect(stdout).toMatch(new RegExp(`^Rantai utuh: ${last} baris, hash terakhir [0-9a-f]{64}$`, 'm'))
    expect(status).toBe(0)
  })

  it('finds an empty log whole', async () => {
    await sql.query(`delete from event; update log_head set seq = 0, hash = repeat('0', 64)`)
    expect(verify().stdout).toContain('Rantai utuh: 0 baris')
  })

  it.each([500, FIRST_OF_SECOND_BATCH])('finds line %i changed', async (seq) => {
    expect(
      await reasonAfter(`update event set line = replace(line, 'penguji', 'orang lain') where seq = ${seq}`),
    ).toMatch(new RegExp(`^Baris ${seq} tidak cocok dengan rantai`))
  })

  it('finds a line that is no line any more', async () => {
    expect(await reasonAfter(`update event set line = 'bukan baris' where seq = 500`)).toMatch(
      /^Baris 500 tidak cocok dengan rantai/,
    )
  })

  it('finds the hash of a line changed', async () => {
    expect(await reasonAfter(`update event set hash = repeat('0', 64) where seq = 500`)).toMatch(
      /^Baris 500 tidak cocok dengan rantai/,
    )
  })

  it.each([1, 500, FIRST_OF_SECOND_BATCH])('finds line %i deleted', async (seq) => {
    expect(await reasonAfter(`delete from event where seq = ${seq}`)).toMatch(new RegExp(`^Baris ${seq} hilang`))
  })

  it('finds two lines swapped', async () => {
    expect(
      await reasonAfter(`update event set line = other.line, hash = other.hash from event other
        where event.seq in (500, 501) and other.seq = 1001 - event.seq`),
    ).toMatch(/^Baris 500 tidak cocok dengan rantai: isinya, atau urutannya/)
  })

  it('finds the tail cut', async () => {
    expect(await reasonAfter(`delete from event where seq > ${last - 3}`)).toBe(
      `Ujung catatan terpotong: kepala di ${last}, baris terakhir ${last - 3}.`,
    )
  })

  it('finds all lines gone', async () => {
    expect(await reasonAfter('delete from event')).toBe(`Ujung catatan terpotong: kepala di ${last}, baris terakhir 0.`)
  })

  it.each([
    ['kind', `'incident.created'`],
    ['actor', `'orang lain'`],
    ['incident_id', 'gen_random_uuid()'],
    ['incident_id', 'null'],
    ['occurred_at', `occurred_at + interval '1 microsecond'`],
    ['recorded_at', `recorded_at - interval '1 hour'`],
    ['simulated', 'not simulated'],
  ])('finds column %s changed to %s', async (column, value) => {
    expect(await reasonAfter(`update event set ${column} = ${value} where seq = 500`)).toBe(
      `Baris 500: kolom ${column} tidak sama dengan isi yang dirantai.`,
    )
  })

  it('finds the hash of the head changed', async () => {
    expect(await reasonAfter(`update log_head set hash = repeat('0', 64)`)).toBe(
      `Hash kepala catatan tidak sama dengan hash baris terakhir, ${last}.`,
    )
  })

  it('finds the head set back', async () => {
    expect(await reasonAfter(`update log_head set seq = seq - 1`)).toBe(
      `Kepala catatan tertinggal: kepala di ${last - 1}, baris terakhir ${last}.`,
    )
  })

  it('finds the head gone', async () => {
    expect(await reasonAfter('delete from log_head')).toBe('Kepala catatan tidak ada.')
  })
})

/** Writes the chain anew from a line on, so that it fits again: what only an anchor outside the database can tell. */
const REWRITE = `do $$ declare e record; previous text; begin
  for e in select * from event where seq >= 500 order by seq loop
    previous := coalesce((select hash from event where seq = e.seq - 1), repeat('0', 64));
    update event set line = replace(e.line, 'penguji', 'orang lain'), actor = replace(e.actor, 'penguji', 'orang lain'),
      hash = encode(sha256(convert_to(previous || replace(e.line, 'penguji', 'orang lain'), 'UTF8')), 'hex') where seq = e.seq;
  end loop;
  update log_head set hash = (select hash from event order by seq desc limit 1);
end $$`
const CUT = `delete from event where seq > 900; update log_head set seq = 900, hash = (select hash from event where seq = 900)`

describe('heads noted outside the database', () => {
  let log_id: string
  const hashOf = async (seq: number) =>
    (await sql.query<{ hash: string }>('select hash from event where seq = $1', [seq])).rows[0].hash
  beforeAll(async () => {
    log_id = (await sql.query<{ log_id: string }>('select log_id from log_head')).rows[0].log_id
    for (const [at, seq] of [
      ['2026-11-21T19:00:00.000Z', 400],
      ['2026-11-22T19:00:00.000Z', 950],
    ] as const)
      appendAnchor(anchors, { at, log_id, seq, hash: await hashOf(seq) })
  })
  afterAll(() => rmSync(anchors, { force: true }))

  it('agree with the log they were taken of', () => {
    expect(verify().stdout).toContain('Cocok dengan 2 jangkar')
  })

  it('find a log cut to a shorter one that is whole in itself', async () => {
    await sql.query(CUT)
    expect(verify().stderr).toContain(
      'Ujung catatan terpotong: pada 2026-11-22T19:00:00.000Z kepalanya sudah di 950, kini di 900.',
    )
  })

  it('find a log written anew with a chain that fits', async () => {
    await sql.query(REWRITE)
    const { status, stderr } = verify()
    expect(status).toBe(1)
    expect(stderr).toContain('Baris 950 bukan yang tercatat di luar basis data pada 2026-11-22T19:00:00.000Z')
  })

  it('of another log say nothing, and a line that is none is told', () => {
    const kept = readFileSync(anchors, 'utf8')
    appendAnchor(anchors, {
      at: '2026-11-23T19:00:00.000Z',
      log_id: crypto.randomUUID(),
      seq: 9_999,
      hash: 'f'.repeat(64),
    })
    expect(verify().stdout).toContain('Cocok dengan 2 jangkar')
    // Writing it was cut off: it is none, and the next one begins a line of its own.
    appendFileSync(anchors, '{"at":"2026')
    expect(verify().status).toBe(0)
    appendAnchor(anchors, { at: '2026-11-24T19:00:00.000Z', log_id: crypto.randomUUID(), seq: 1, hash: 'f'.repeat(64) })
    expect(verify().status).toBe(0)
    writeFileSync(anchors, kept.replace('"seq":400', '"seq":"400"'))
    expect(verify().stderr).toContain('Berkas jangkar, baris 1: bukan jangkar.')
    writeFileSync(anchors, kept)
  })
})

describe('each night', () => {
  const MINUTE = 60_000
  let at: number
  const auditors: Auditor[] = []
  const auditor = () => {
    const { db } = connected
    const log = pino({ level: 'silent' })
    const config = readConfig(env)
    auditors.push(startAuditor({ db, log, config, now: () => new Date(at) }))
    return auditors.at(-1) as Auditor
  }
  const done = async (one: Auditor) => {
    for (;;) {
      const state = await one.state()
      if (!state.running) return state.last
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  afterEach(async () => {
    for (const each of auditors.splice(0)) await each.stop()
    await sql.query(`delete from setting where key = 'audit'`)
    rmSync(anchors, { force: true })
  })

  it('is at two in the morning WIB', () => {
    const due = (iso: string) => new Date(lastDue(Date.parse(iso))).toISOString()
    expect(due('2026-11-24T01:59:59+07:00')).toBe('2026-11-22T19:00:00.000Z')
    expect(due('2026-11-24T02:00:00+07:00')).toBe('2026-11-23T19:00:00.000Z')
    expect(due('2026-11-24T23:59:00+07:00')).toBe('2026-11-23T19:00:00.000Z')
  })

  it('the log is checked and its head noted; a second server leaves it to the first', async () => {
    at = Date.parse('2026-11-24T02:30:00+07:00')
    const [one, two] = [auditor(), auditor()]
    await Promise.all([one.checkNow(), two.checkNow()])
    // Whichever of them does it.
    await Promise.all([done(one), done(two)])
    expect(await done(one)).toMatchObject({ seq: last, anchors: 0, fault: null })
    const noted = readFileSync(anchors, 'utf8').trim().split('\n')
    expect(noted).toHaveLength(1)
    expect(JSON.parse(noted[0])).toMatchObject({ at: new Date(at).toISOString(), seq: last })
    expect([one.last, two.last].filter(Boolean)).toHaveLength(1)
  })

  it('a log that is not whole is told, and the anchor of the night before is kept as it is', async () => {
    at = Date.parse('2026-11-24T02:30:00+07:00')
    const one = auditor()
    await one.checkNow()
    await done(one)
    at += 24 * 60 * MINUTE
    await sql.query(`update event set line = replace(line, 'penguji', 'orang lain') where seq = 500`)
    await one.checkNow()
    expect(await done(one)).toMatchObject({ fault: expect.stringMatching(/^Baris 500 tidak cocok/) })
    expect(one.last?.broken).toBe(true)
    expect(readFileSync(anchors, 'utf8').trim().split('\n')).toHaveLength(1)
  })

  it('an anchor that cannot be written is a fault, not a quiet night', async () => {
    at = Date.parse('2026-11-24T02:30:00+07:00')
    env.SIAGA_ANCHORS = '/proc/tidak-ada/anchors.jsonl'
    const one = auditor()
    env.SIAGA_ANCHORS = anchors
    await one.checkNow()
    expect((await done(one))?.fault).toBeTruthy()
    expect(one.last?.broken).toBe(true)
  })
})
