import { z } from 'zod'
import { text } from '../../geo/wire/primitives.ts'
import { SCREEN_SILENT_SECONDS, screenRow, screenSpan } from '../../geo/wire/screen.ts'
import type { ScreenSpan } from '../../geo/wire/screen.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const byId = z.object({ id: text(64).min(1) })
const naming = z.object({ name: text(60).trim().min(1).nullable() })
const spansQuery = z.object({ hours: z.coerce.number().int().min(1).max(168).default(24) })
const HOUR_MS = 3_600_000

/** The walls of the room as they tell of themselves: which stand still, say BASI, run an old version, cannot sound. */
export function screenRoutes({ db, hub, screens }: Services): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/screens',
        summary: 'Layar: bingkai terakhir, alasan basi, versi, memori, adegan, suara; yang terburuk dahulu',
        permission: 'screen.read',
        response: z.array(screenRow),
      },
      async () => screens.all(),
    ),
    route(
      {
        method: 'get',
        path: '/api/screens/spans',
        summary: 'Riwayat layar: kapan segar, kapan basi dan mengapa; celah berarti tidak terdengar',
        permission: 'screen.read',
        query: spansQuery,
        response: z.array(screenSpan),
      },
      async ({ query, now }) => {
        const since = new Date(now.getTime() - query.hours * HOUR_MS)
        const rows = await db.rows<{ span: ScreenSpan }>('screen_spans', { since, gap_seconds: SCREEN_SILENT_SECONDS })
        return rows.map(({ span }) => span)
      },
    ),
    route(
      {
        method: 'patch',
        path: '/api/screens/:id',
        summary: 'Beri nama layar',
        permission: 'screen.write',
        params: byId,
        body: naming,
        status: 204,
      },
      async ({ params: { id }, body: { name }, principal: { actor }, now }) => {
        await screens.write()
        await db.rows('screen_rename', { id, name, actor, now })
        void hub.nudge()
      },
    ),
    route(
      {
        method: 'delete',
        path: '/api/screens/:id',
        summary: 'Lupakan layar yang sudah tidak dipakai',
        permission: 'screen.write',
        params: byId,
        status: 204,
      },
      async ({ params: { id }, principal: { actor }, now }) => {
        await db.rows('screen_forget', { id, actor, now })
        screens.forget(id)
        void hub.nudge()
      },
    ),
  ]
}
