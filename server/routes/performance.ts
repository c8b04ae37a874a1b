import { z } from 'zod'
import { performance, performanceBy, type Performance } from '../../geo/wire/performance.ts'
import { may } from '../auth/permissions.ts'
import { ApiError } from '../errors.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { performanceOf } from '../stats/performance.ts'
import { edges, instants, requestedPeriod } from './stats.ts'

const performanceQuery = z.object({
  ...edges,
  by: performanceBy.default('total').describe('Kelompok; operator hanya bagi Kabid IKP dan pimpinan'),
})

/** The figures of a period by group, with percentiles: for planners, Kabid and leadership. */
export const performanceRoutes = (services: Pick<Services, 'db' | 'simulated'>): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/stats/performance',
      permission: 'performance.read',
      query: performanceQuery,
      response: performance,
      summary:
        'Kepatuhan, persentil dan panggilan menurut kelompok, kasus terbuka ikut dihitung; bila tanpa periode, 30 hari terakhir',
    },
    async ({ query, principal, now }): Promise<Performance> => {
      if (query.by === 'operator' && !may(principal.role, 'operator_figures.read'))
        throw new ApiError(403, 'forbidden', 'Angka per operator hanya bagi Kabid IKP dan pimpinan')
      const period = instants(requestedPeriod(query, now, { days: 30 }))
      return performanceOf(services, { ...period, by: query.by }, now)
    },
  ),
]
