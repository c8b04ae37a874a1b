import type { z } from 'zod'
import { aliasFault, entryNamed, type AliasTarget } from '../../geo/address/aliases.ts'
import { kelurahanAt } from '../../geo/address/areas.ts'
import { clean } from '../../geo/address/normalise.ts'
import type { LonLat } from '../../geo/earth.ts'
import type { Alias, aliasInput, aliasPatch } from '../../geo/wire/aliases.ts'
import { invalid, notFound } from '../errors.ts'
import type { Services } from '../services.ts'

type Needed = Pick<Services, 'db' | 'hub' | 'city' | 'simulated'>
export type StoredAlias = Omit<Alias, 'alive' | 'target'> & { target: Omit<Alias['target'], 'label'> }

function labelOf({ city }: Pick<Services, 'city'>, { name, location }: StoredAlias['target']): string {
  const [lon, lat] = location.coordinates
  if (name === null) return city.describe([lon, lat]) ?? `${lat}, ${lon}`
  const area = kelurahanAt(city.gazetteer.areas, [lon, lat])
  return area && area.name !== name ? `${name}, Kel. ${area.name}` : name
}

/**
 * As people are shown it: where it is in words, and whether it is in force for something that is there (what is not accepted
 * points at nothing yet).
 */
export const withLife = (services: Pick<Services, 'city'>, alias: StoredAlias): Alias => ({
  ...alias,
  target: { ...alias.target, label: labelOf(services, alias.target) },
  alive: !(alias.status === 'accepted' && services.city.missing_aliases.has(alias.id)),
})

function check({ city }: Pick<Services, 'city'>, alias: string, at: Pick<AliasTarget, 'lon' | 'lat'>): void {
  const fault = alias ? aliasFault(city.gazetteer.entries, alias, at) : 'kosong'
  if (fault) throw invalid('alias', fault)
}

/** An admin accepts a proposed name, possibly in better words, or rejects it; in force (or out of it) at once. */
export async function decideAlias(
  services: Needed,
  id: string,
  patch: z.infer<typeof aliasPatch>,
  actor: string,
  now: Date,
): Promise<Alias> {
  const { db, hub, simulated } = services
  const known = await db.maybe<{ alias: StoredAlias }>('alias_get', { id, simulated })
  if (!known) throw notFound('Nama lain')
  const input = { ...patch, ...(patch.alias === undefined ? {} : { alias: clean(patch.alias) }) }
  if (patch.status === 'accepted') {
    const [lon, lat] = known.alias.target.location.coordinates
    check(services, input.alias ?? known.alias.alias, { lon, lat })
  }
  const { alias } = await db.value<{ alias: StoredAlias }>('alias_decide', { id, input, actor, now, simulated })
  await hub.nudge()
  return withLife(services, alias)
}

/** An admin gives a place another name, accepted with that. */
export async function addAlias(
  services: Needed,
  body: z.infer<typeof aliasInput>,
  actor: string,
  now: Date,
): Promise<Alias> {
  const { db, hub, city, simulated } = services
  const [lon, lat] = body.location.coordinates
  const area = kelurahanAt(city.gazetteer.areas, [lon, lat])
  if (!area) throw invalid('location', 'di luar kota')
  const target = body.target_name ? entryNamed(city.gazetteer.entries, body.target_name, [lon, lat] as LonLat) : null
  if (body.target_name && !target) throw invalid('target_name', 'tidak ada yang bernama begitu dalam 500 m')
  const words = clean(body.alias)
  check(services, words, { lon, lat })
  const { alias } = await db.value<{ alias: StoredAlias }>('alias_add', {
    input: {
      alias: words,
      target_type: target?.type ?? 'point',
      target_name: target?.name ?? null,
      target_kelurahan_code: target?.kelurahan_code ?? area.code,
      lon,
      lat,
    },
    actor,
    now,
    simulated,
  })
  await hub.nudge()
  return withLife(services, alias)
}
