import { pino } from 'pino'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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
/** The head's number: behind it nothing is left. */
let last: number

const verify = () => runCommand('audit-verify', [], env)

beforeAll(async () => {
  ;({ env, remove } = await installationEnv())
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
