import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { binaries } from '../../helpers/postgres.mjs'
import { seededRandom } from '../../helpers/random.ts'
import { pause } from '../client.ts'
import { latencies, type Figure, type SectionResult } from '../figure.ts'
import type { DatabaseKind, House, Room } from '../house.ts'
import { writeIncidents } from '../many_incidents.ts'
import { incidentInput, record } from '../traffic.ts'

/** Some nine years of the city; on the embedded database, which is for practice, a trial's. */
const INCIDENTS: Record<DatabaseKind, number> = { postgres: 100_000, embedded: 20_000 }
const WRITERS = 3
const QUIET_MS = 8_000
/** Requests wait no longer than this while the embedded database is copied. */
const MOST_HELD_MS = 300

/** A program to its end: seconds, and what it said. */
async function timed(child: ReturnType<typeof spawn>, what: string): Promise<{ seconds: number; text: string }> {
  const began = performance.now()
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (text += data.toString()))
  const code = await new Promise((done, failed) => child.once('close', done).once('error', failed))
  if (code !== 0) throw new Error(`${what} ended with ${String(code)}: ${text.slice(-500)}`)
  return { seconds: (performance.now() - began) / 1000, text }
}

/** Writers who record one incident after another until they are told to stop; answers how long each took, ms. */
function writing(room: Room): () => Promise<number[]> {
  const desk = { url: room.url, operator: room.token('operator') }
  const spent: number[] = []
  const began = Date.now()
  let on = true
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    const random = seededRandom(93 + writer)
    for (let n = 0; on; n++)
      spent.push((await record(desk, incidentInput(random), `backup-${began}-${writer}-${n}`)).ms)
  })
  return async () => {
    on = false
    await Promise.all(writers)
    return spent
  }
}

/** Everything in a room backed up while three write, and read into another one, beside PostgreSQL's own programs on the same rows. */
async function on(house: House, kind: DatabaseKind): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'siaga-bench-backup-'))
  house.later(() => rmSync(dir, { recursive: true, force: true }))
  const n = INCIDENTS[kind]
  const about = `${n} incidents, ${kind}`
  const room = await house.room(kind)
  await writeIncidents(await room.sql(), { n, months: 120 }, Date.now())
  const quiet = writing(room)
  await pause(QUIET_MS)
  const before = await quiet()

  const file = join(dir, 'siaga')
  const meanwhile = writing(room)
  const made = await timed(room.program('backup', [file]), 'backup')
  const during = await meanwhile()
  const other = await house.room(kind)
  // Under PostgreSQL the room goes on; a folder has one process that writes it.
  if (kind === 'embedded') await other.stop()
  const restored = await timed(other.program('restore', [file]), 'restore')

  const plain = kind === 'postgres' ? await ofPostgres(room, await room.sql(), dir) : null
  const beside = plain ? 'pg_dump, pg_restore' : ''
  const figure = (what: string, measured: number, unit: string, baseline: number | null = null): Figure => ({
    ...{ what: `${what}: ${about}`, measured, unit, baseline, beside, bound: null },
  })
  const held = /tertahan paling lama (\d+) ms/.exec(made.text)?.[1]
  return [
    figure('backup', made.seconds, 's', plain?.dump_s),
    figure('its file', statSync(file).size / 1e6, 'MB', plain?.mb),
    figure('restore, verified', restored.seconds, 's', plain?.restore_s),
    ...latencies(`incident created meanwhile, ${WRITERS} writers, ${kind}`, during, {
      beside: 'before it',
      values: before,
    }),
    ...(held === undefined
      ? []
      : [{ ...figure('requests wait at most, as it says', Number(held), 'ms'), bound: { most: MOST_HELD_MS } }]),
  ]
}

async function ofPostgres(
  room: Room,
  sql: pg.Client,
  dir: string,
): Promise<{ dump_s: number; restore_s: number; mb: number }> {
  const url = new URL(room.connection.connectionString ?? '')
  const bin = binaries() ?? ''
  const file = join(dir, 'pg')
  const dumped = await timed(spawn(join(bin, 'pg_dump'), ['-Fc', '-f', file, url.href]), 'pg_dump')
  await sql.query('create database bench_copy')
  url.pathname = '/bench_copy'
  const args = ['--no-owner', '--exit-on-error', '-d', url.href, file]
  const restored = await timed(spawn(join(bin, 'pg_restore'), args), 'pg_restore')
  await sql.query('drop database bench_copy')
  return { dump_s: dumped.seconds, restore_s: restored.seconds, mb: statSync(file).size / 1e6 }
}

export async function benchBackup(house: House): Promise<SectionResult> {
  const figures: Figure[] = []
  const notes: string[] = []
  if (house.postgres_missing) notes.push(`PostgreSQL not run: ${house.postgres_missing}`)
  else figures.push(...(await on(house, 'postgres')))
  await house.clear()
  figures.push(...(await on(house, 'embedded')))
  return { figures, notes }
}
