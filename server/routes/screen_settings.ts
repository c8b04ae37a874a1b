import { z } from 'zod'
import { text } from '../../geo/wire/primitives.ts'
import { screenSettings, screenSettingsRow } from '../../geo/wire/screen_settings.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const byId = z.object({ id: text(64).min(1) })

/** What each wall is set to: its size, how far away it is read, its theme and scenes. A screen has its own, an admin any. */
export const screenSettingsRoutes = ({ db, hub }: Services): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/screens/:id/settings',
      summary: 'Setelan sebuah layar dinding',
      permission: 'screen.settings',
      params: byId,
      response: screenSettingsRow,
    },
    async ({ params, principal, now }) =>
      (await db.maybe('screen_settings', {
        id: params.id,
        any: principal.role === 'admin',
        credential: principal.credential_id,
        now,
      })) ?? { id: params.id, settings: null, settings_at: null, settings_by: null },
  ),
  route(
    {
      method: 'put',
      path: '/api/screens/:id/settings',
      summary: 'Atur layar dinding; layar itu sendiri mengikutinya dalam beberapa detik',
      permission: 'screen.settings',
      params: byId,
      body: screenSettings,
      response: screenSettingsRow,
    },
    async ({ params, body, principal, now }) => {
      const row = await db.value('screen_settings_put', {
        id: params.id,
        settings: body,
        any: principal.role === 'admin',
        credential: principal.credential_id,
        actor: principal.actor,
        now,
      })
      await hub.nudge()
      return row
    },
  ),
]
