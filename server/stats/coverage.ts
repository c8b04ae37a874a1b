import { gapsOf } from '../../geo/coverage/gaps.ts'
import { sumOf } from '../../geo/coverage/reached.ts'
import { inForce } from '../../geo/roads/closure_times.ts'
import type { Coverage, CoverageQuery, KelurahanReach } from '../../geo/wire/coverage.ts'
import type { Services } from '../services.ts'
import { readAchieved } from './coverage_achieved.ts'
import { readGround, round, sideOf, told, totalsOf } from './coverage_basis.ts'
import { readFleet } from './coverage_fleet.ts'

export type CoverageServices = Pick<Services, 'db' | 'city' | 'simulated' | 'candidates'>

const shownRow = (row: KelurahanReach): KelurahanReach => ({
  ...row,
  area_km2: round(row.area_km2, 3),
  people: round(row.people, 1),
  demand: round(row.demand, 2),
  beyond_people: row.beyond_people.map((n) => round(n, 1)),
  beyond_share: row.beyond_share.map((share) => share && round(share, 4)),
  median_seconds: told(row.median_seconds),
})

/** What a kind of agency reaches now: the one figure that page, report and export show. 422 names what cannot be asked. */
export async function coverageNow(
  services: CoverageServices,
  { agency_kind, minutes, from }: CoverageQuery,
  now: Date,
): Promise<Coverage> {
  const { city, simulated } = services
  const { fleet, notes } = await readFleet(services, agency_kind, from, now)
  const ground = await readGround(services, agency_kind, null, now)
  const { cells, people, year } = ground.city
  const { sources, excluded, reached } = sideOf(city, ground, fleet, city.seconds(now))
  const areas = city.gazetteer.areas.kelurahan
  const { rows, order } = gapsOf(areas, ground.by_area, reached, ground.weights, minutes, sources)
  const place = new Int32Array(areas.length)
  for (const [i, area] of order.entries()) place[area] = i
  const posts = from === 'posts' ? fleet : (await readFleet(services, agency_kind, 'posts', now)).fleet
  return {
    agency_kind,
    minutes: [...minutes],
    from,
    computed_at: now.toISOString(),
    simulated,
    ...totalsOf(reached, ground.weights, minutes),
    closures: inForce(city.closures, now.getTime()).length,
    cells: {
      h3: [...cells.cells],
      seconds: Array.from(reached.seconds, told),
      people: Array.from(ground.weights.people, (n) => round(n, 1)),
      demand: Array.from(ground.weights.demand, (n) => round(n, 3)),
      kelurahan: Array.from(cells.area, (area) => place[area]),
      source: [...reached.source],
    },
    kelurahan: rows.map(shownRow),
    sources,
    excluded,
    area_km2: round(sumOf(ground.weights.area_km2), 3),
    people: {
      total: round(people.total, 1),
      year,
      kelurahan_by_buildings: people.by_buildings,
      kelurahan_evenly: people.evenly,
    },
    demand: ground.demand,
    modelled_against_achieved: await readAchieved(services, agency_kind, ground, posts, minutes, now),
    notes,
  }
}
