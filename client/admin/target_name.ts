import type { Alias } from '../../geo/wire/aliases.ts'
import { say } from './text/say.ts'

/** What an alias stands for, in words; a bare point by its coordinates. */
export function targetName({ name, location }: Alias['target']): string {
  const [lon, lat] = location.coordinates
  return name ?? say('point', { label: `${lat.toFixed(5)}, ${lon.toFixed(5)}` })
}
