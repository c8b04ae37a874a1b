import { z } from 'zod'
import { breach, breachCasesInput, breachInput, breachPatch, type Breach } from '../../geo/wire/breach.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'

const byId = z.object({ id: uuid })

/** Suspected failures to protect personal data, with the 3 x 24 h of UU 27/2022 article 46. */
export const breachRoutes = ({ db, hub, simulated }: Services): Route[] => {
  async function put(id: string | null, input: object, actor: string, now: Date): Promise<Breach> {
    const written = await db.value<Breach>('breach_put', { id, input, actor, now, simulated })
    void hub.nudge()
    return written
  }
  return [
    route(
      {
        method: 'get',
        path: '/api/breaches',
        summary: 'Dugaan kegagalan pelindungan data pribadi',
        permission: 'breach.read',
        response: z.array(breach),
      },
      async () => (await db.rows<{ breach: Breach }>('breaches', { simulated })).map((row) => row.breach),
    ),
    route(
      {
        method: 'post',
        path: '/api/breaches',
        summary: 'Daftarkan dugaan kegagalan; jam 3 x 24 mulai dari found_at',
        permission: 'breach.write',
        body: breachInput,
        response: breach,
        status: 201,
      },
      ({ body, principal, now }) => put(null, body, principal.actor, now),
    ),
    route(
      {
        method: 'patch',
        path: '/api/breaches/:id',
        summary: 'Lengkapi, catat pemberitahuan, atau akhiri',
        permission: 'breach.write',
        params: byId,
        body: breachPatch,
        response: breach,
      },
      ({ params, body, principal, now }) => put(params.id, body, principal.actor, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/breaches/:id/cases',
        summary: 'Kasus yang terdampak: menurut nomor, atau semua yang dilihat satu akun',
        permission: 'breach.write',
        params: byId,
        body: breachCasesInput,
        response: breach,
      },
      async ({ params, body, principal, now }) => {
        const written = await db.value<Breach>('breach_cases_put', {
          ...{ id: params.id, input: body },
          ...{ actor: principal.actor, now, simulated },
        })
        void hub.nudge()
        return written
      },
    ),
  ]
}
