import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Incident } from '../../geo/wire/incident.ts'
import { PHOTO_BYTES, PHOTO_MOST, reportPhoto, type PhotoKind, type ReportPhoto } from '../../geo/wire/photo.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { scopeAgency, type Principal } from '../auth/principal.ts'
import { invalid, notFound } from '../errors.ts'
import { createLanes } from '../http/lanes.ts'
import { createPace } from '../http/pace.ts'
import { rawBody } from '../http/raw_body.ts'
import { route, type Route } from '../http/route.ts'
import { cleanPhoto } from '../photos/clean.ts'
import { PHOTO_FIELD } from '../photos/fault.ts'
import { recordLook } from '../privacy/look.ts'
import type { Services } from '../services.ts'
import { handles } from './incidents.ts'

const byId = z.object({ id: uuid })
const byPhoto = z.object({ id: uuid, photo_id: uuid })
const ofAgency = z.object({ agency_id: uuid.optional() })

const SHOWN: Record<PhotoKind, { type: string; end: string }> = {
  jpeg: { type: 'image/jpeg', end: 'jpg' },
  png: { type: 'image/png', end: 'png' },
  webp: { type: 'image/webp', end: 'webp' },
}
/** Ten whole reports in ten minutes: no hand is faster, and a loop gone wrong is stopped. */
const PACE = { most: 10 * PHOTO_MOST, per_ms: 600_000 }

const SLICE_BYTES = 512 * 1024

/** Photos of the final reports of the OPD. */
export function photoRoutes({ db, hub, simulated }: Services): Route[] {
  const pace = createPace(PACE)
  // One photo of somebody is held at a time, and one is written at a time: the embedded database has one session for everybody.
  const lanes = createLanes()

  async function handled(id: string, principal: Principal): Promise<boolean> {
    const row = await db.maybe<{ incident: Incident }>('incident_get', { id, simulated })
    if (!row) throw notFound('Kejadian')
    return handles(principal, row.incident)
  }

  return [
    route(
      {
        method: 'post',
        path: '/api/incidents/:id/report/photos',
        summary: 'Tambah foto laporan OPD; isi permintaan adalah foto itu sendiri',
        permission: 'report.write',
        params: byId,
        query: ofAgency,
        response: reportPhoto,
        status: 201,
      },
      async ({ params, query, principal, now, req, res }) => {
        const agency_id = scopeAgency(principal) ?? query.agency_id
        if (!agency_id) throw invalid('agency_id', 'sebutkan instansi yang melapor')
        pace(principal.actor, now.getTime())
        const { bytes, ...photo } = await lanes(principal.actor, async () =>
          cleanPhoto(await rawBody(req, res, PHOTO_BYTES, PHOTO_FIELD)),
        )
        const answer = await lanes('', () =>
          db.value<{ added: boolean; photo: ReportPhoto }>('report_photo_add', {
            ...params,
            agency_id,
            photo,
            bytes,
            sha256: createHash('sha256').update(bytes).digest('hex'),
            most: PHOTO_MOST,
            actor: principal.actor,
            now,
            simulated,
          }),
        )
        if (answer.added) void hub.nudge()
        else res.status(200).json(answer.photo)
        return answer.photo
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/incidents/:id/report/photos',
        summary: 'Foto laporan semua OPD, tanpa isinya',
        permission: 'incident.read_private',
        params: byId,
        response: z.array(reportPhoto),
      },
      async ({ params, principal }) =>
        (await handled(params.id, principal))
          ? (await db.rows<{ photo: ReportPhoto }>('report_photos', params)).map(({ photo }) => photo)
          : [],
    ),
    route(
      {
        method: 'get',
        path: '/api/incidents/:id/report/photos/:photo_id',
        summary: 'Satu foto laporan',
        permission: 'incident.read_private',
        params: byPhoto,
      },
      async ({ params, principal, now, res }) => {
        const found = (await handled(params.id, principal))
          ? await db.maybe<{ kind: PhotoKind; number: number; size_bytes: number }>('report_photo', params)
          : null
        // To whoever does not handle the case there is none.
        if (!found) throw notFound('Foto')
        await recordLook(db, { kind: 'photo', incident_id: params.id, actor: principal.actor, at: now })
        const { type, end } = SHOWN[found.kind]
        res.set({
          'Content-Type': type,
          'Content-Length': String(found.size_bytes),
          'Content-Disposition': `inline; filename="foto-${found.number}.${end}"`,
          'Content-Security-Policy': "default-src 'none'; sandbox",
          'X-Content-Type-Options': 'nosniff',
          'Cross-Origin-Resource-Policy': 'same-origin',
          'Cache-Control': 'no-store',
        })
        for (let from = 0; from < found.size_bytes && !res.destroyed; from += SLICE_BYTES) {
          const part = { photo_id: params.photo_id, from, count: SLICE_BYTES }
          const row = await db.maybe<{ slice: Buffer }>('report_photo_slice', part)
          // Taken out meanwhile: half a photo must not look like one.
          if (!row) return void res.destroy()
          res.write(row.slice)
        }
        res.end()
        return undefined
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/incidents/:id/report/photos/:photo_id',
        summary: 'Hapus foto laporan, sampai kejadian ditutup',
        permission: 'report.write',
        params: byPhoto,
      },
      async ({ params, principal, now }) => {
        const { actor } = principal
        await db.rows('report_photo_remove', { ...params, agency_id: scopeAgency(principal), actor, now, simulated })
        void hub.nudge()
        return undefined
      },
    ),
  ]
}
