import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import { z } from 'zod'
import { instant, text, textParameter } from '../../geo/wire/primitives.ts'
import { passage, recording, replay, replayCase, replayMarks } from '../../geo/wire/replay.ts'
import { invalid, notFound } from '../errors.ts'
import { route, type Route } from '../http/route.ts'
import type { MapStore } from '../map/store.ts'
import { readMarks } from '../replay/marks.ts'
import { iso, readPast } from '../replay/past.ts'
import { readPassage } from '../replay/passage.ts'
import { linesCsv, recordingName, recordingText } from '../replay/record.ts'
import type { Services } from '../services.ts'

const HOUR_MS = 3_600_000
/** Of one passage, and of the marks along a time line. */
const LONGEST_HOURS = 48
/** Of one file. */
const LONGEST_FILE_HOURS = 12

/** An instant in an address: there the + of an offset reads as a space. */
const moment = textParameter
  .transform((value) => value.replace(/ (?=\d\d:\d\d$)/, '+'))
  .pipe(instant)
  .describe('Waktu ISO 8601 dengan offset, misalnya 2026-11-28T13:00:00+07:00')

/**
 * Any past moment as the walls showed it. Nothing personal is in it: lines and snapshots are those of a screen, so no look is recorded.
 */
export const replayRoutes = (services: Services, map: Pick<MapStore, 'hash'>): Route[] => {
  function past(value: string, field: string, now: Date): Date {
    const at = new Date(value)
    if (at > now) throw invalid(field, 'belum terjadi')
    return at
  }
  function span(query: { from: string; to: string }, now: Date, hours: number): { from: Date; to: Date } {
    const from = past(query.from, 'from', now)
    const to = past(query.to, 'to', now)
    if (from >= to) throw invalid('from', 'harus sebelum to')
    if (to.getTime() - from.getTime() > hours * HOUR_MS) throw invalid('to', `paling jauh ${hours} jam sesudah from`)
    return { from, to }
  }
  /** Once a file has begun no other answer can be given: a fault cuts it, so that nobody takes it for whole. */
  async function send(res: Response, type: string, name: string, pieces: AsyncIterable<string>): Promise<void> {
    const begun = pieces[Symbol.asyncIterator]()
    const first = await begun.next()
    res.set({ 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` })
    async function* rest(): AsyncGenerator<string> {
      for (let piece = first; !piece.done; piece = await begun.next()) yield piece.value
    }
    try {
      await pipeline(Readable.from(rest()), res)
    } catch (error) {
      services.log.warn({ err: error }, 'a recording was not written to its end')
    }
  }

  return [
    route(
      {
        method: 'get',
        path: '/api/replay',
        permission: 'replay.read',
        summary: 'Keadaan pada suatu saat yang lalu seperti tampil di dinding, dari yang tercatat sampai saat itu',
        query: z.object({ at: moment }),
        response: replay,
      },
      ({ query, now }) => readPast(services, past(query.at, 'at', now), map.hash()),
    ),
    route(
      {
        method: 'get',
        path: '/api/replay/passage',
        permission: 'replay.read',
        summary: `Yang terjadi sesudah from sampai to (paling lama ${LONGEST_HOURS} jam), per halaman: next menunjuk yang berikut`,
        query: z.object({ from: moment, to: moment, next: textParameter.pipe(text(64)).optional() }),
        response: passage,
      },
      ({ query, now }) => {
        const { from, to } = span(query, now, LONGEST_HOURS)
        return readPassage(services, from, to, map.hash(), query.next)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/replay/marks',
        permission: 'replay.read',
        summary: `Garis waktu (paling lama ${LONGEST_HOURS} jam): perubahan status, batas terlewati, dan apa yang ditampilkan layar`,
        query: z.object({ from: moment, to: moment }),
        response: replayMarks,
      },
      ({ query, now }) => {
        const { from, to } = span(query, now, LONGEST_HOURS)
        return readMarks(services, from, to)
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/replay/case',
        permission: 'replay.read',
        summary: 'Kapan suatu kejadian dicatat dan berakhir, menurut nomornya atau akhir nomornya',
        query: z.object({
          number: textParameter
            .trim()
            .pipe(text(40))
            .pipe(z.string().regex(/^[\w-]+$/, 'bukan nomor kejadian')),
        }),
        response: replayCase,
      },
      async ({ query }) => {
        const found = await services.db.maybe<{ incident_id: string; number: string; from: string; to: string | null }>(
          'replay_case',
          { number: query.number.toUpperCase(), simulated: services.simulated },
        )
        if (!found) throw notFound('kejadian')
        return { ...found, from: iso(found.from), to: found.to === null ? null : iso(found.to) }
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/replay/export',
        permission: 'replay.read',
        summary: `Satu rekaman dalam satu berkas (paling lama ${LONGEST_FILE_HOURS} jam), dapat dibuka lagi di /wall?at=`,
        query: z.object({ from: moment, to: moment }),
        response: recording,
      },
      async ({ query, now, res }) => {
        const { from, to } = span(query, now, LONGEST_FILE_HOURS)
        const range = { from, to, map_hash: map.hash() }
        const name = `${recordingName(from, to)}.json`
        await send(res, 'application/json; charset=utf-8', name, recordingText(services, range, now))
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/replay/export.csv',
        permission: 'replay.read',
        summary: `Baris catatan satu rekaman (paling lama ${LONGEST_FILE_HOURS} jam) sebagai CSV`,
        query: z.object({ from: moment, to: moment }),
      },
      async ({ query, now, res }) => {
        const { from, to } = span(query, now, LONGEST_FILE_HOURS)
        const range = { from, to, map_hash: map.hash() }
        await send(res, 'text/csv; charset=utf-8', `${recordingName(from, to)}.csv`, linesCsv(services, range))
      },
    ),
  ]
}
