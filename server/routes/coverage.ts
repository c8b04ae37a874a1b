import { z } from 'zod'
import { coverage, coverageQuery } from '../../geo/wire/coverage.ts'
import {
  coverageScenario,
  scenarioInput,
  scenarioPatch,
  scenarioRevision,
  type CoverageScenario,
} from '../../geo/wire/coverage_scenarios.ts'
import {
  bestPosts as bestPostsAnswer,
  bestPostsInput,
  whatIf as whatIfAnswer,
  whatIfInput,
} from '../../geo/wire/coverage_what_if.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { coverageNow } from '../stats/coverage.ts'
import { bestPosts } from '../stats/coverage_best.ts'
import { whatIf } from '../stats/coverage_what_if.ts'

const byId = z.object({ id: uuid })

/** What the agencies reach, and what a change would do to it. Nothing but a kept scenario is written. */
export const coverageRoutes = (services: Services): Route[] => {
  const { db, simulated } = services
  return [
    route(
      {
        method: 'get',
        path: '/api/coverage',
        summary: 'Jangkauan satu jenis instansi sekarang: sel, penduduk, permintaan, kesenjangan per kelurahan',
        permission: 'coverage.read',
        query: coverageQuery,
        response: coverage,
      },
      ({ query, now }) => coverageNow(services, query, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/coverage/what-if',
        summary:
          'Andaikan: pos, unit, rob, jalan ditutup, shift; sebelum, sesudah dan selisihnya; tidak ada yang ditulis',
        permission: 'coverage.read',
        body: whatIfInput,
        response: whatIfAnswer,
      },
      ({ body, now }) => whatIf(services, body, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/coverage/best-posts',
        summary: 'Tempat terbaik untuk satu atau dua pos lagi (MCLP atau p-median), pasti di antara semua calon',
        permission: 'coverage.read',
        body: bestPostsInput,
        response: bestPostsAnswer,
      },
      ({ body, now }) => bestPosts(services, body, now),
    ),
    route(
      {
        method: 'get',
        path: '/api/coverage/scenarios',
        summary: 'Skenario tersimpan, yang terakhir diubah lebih dahulu',
        permission: 'coverage.read',
        response: z.array(coverageScenario),
      },
      async () =>
        (await db.rows<{ scenario: CoverageScenario }>('coverage_scenarios', { simulated })).map((row) => row.scenario),
    ),
    route(
      {
        method: 'post',
        path: '/api/coverage/scenarios',
        summary: 'Simpan skenario',
        permission: 'coverage.write',
        body: scenarioInput,
        response: coverageScenario,
        status: 201,
      },
      ({ body, principal: { actor }, now }) =>
        db.value('coverage_scenario_put', { id: null, input: body, actor, now, simulated }),
    ),
    route(
      {
        method: 'patch',
        path: '/api/coverage/scenarios/:id',
        summary: 'Ubah skenario; 409 bila sudah diubah orang lain',
        permission: 'coverage.write',
        params: byId,
        body: scenarioPatch,
        response: coverageScenario,
      },
      ({ params, body, principal: { actor }, now }) =>
        db.value('coverage_scenario_put', { id: params.id, input: body, actor, now, simulated }),
    ),
    route(
      {
        method: 'delete',
        path: '/api/coverage/scenarios/:id',
        summary: 'Hapus skenario, beserta kata-katanya',
        permission: 'coverage.write',
        params: byId,
        query: scenarioRevision,
        response: coverageScenario,
      },
      ({ params, query, principal: { actor }, now }) =>
        db.value('coverage_scenario_remove', { id: params.id, revision: query.revision, actor, now, simulated }),
    ),
  ]
}
