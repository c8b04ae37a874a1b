import type { CoverageSource } from '../../../geo/wire/coverage.ts'
import type { CoverageChange } from '../../../geo/wire/coverage_what_if.ts'
import { say } from '../text/say.ts'

/** A change in words until the server has said it better, with the name of the place. */
export function changeWords(change: CoverageChange, sources: readonly CoverageSource[]): string {
  const nameOf = (id: string) => sources.find((source) => source.id === id)?.name ?? ''
  switch (change.kind) {
    case 'move_post':
    case 'close_post':
      return say(`change_${change.kind}`, { name: nameOf(change.station_id) })
    case 'move_unit':
    case 'close_unit':
      return say(`change_${change.kind}`, { name: nameOf(change.unit_id) })
    case 'shift':
      return say('change_shift', { name: say(`shift_${change.shift}`) })
    default:
      return say(`change_${change.kind}`)
  }
}
