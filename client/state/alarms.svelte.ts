import { AlarmBook, type AlarmRate, type Standing } from '../../geo/alarm/alarm_book.ts'
import { alarmOf } from '../../geo/alarm/alarms.ts'
import type { Live } from './live.svelte.ts'

/** The alarms of the open incidents, as of the second shown. */
export class Alarms {
  /** The gravest first. */
  standing = $state.raw<readonly Standing[]>([])
  rate = $state.raw<AlarmRate>({ raised: 0, per_operator: null, level: 'calm' })
  private readonly book = new AlarmBook()

  constructor(private readonly live: Live) {}

  /** The list was ranked anew: each second, and at each change. */
  look(): void {
    const { list, picture, operators } = this.live
    const now = this.live.server_now()
    const fixOf = (unit_id: string) => {
      const unit = picture.units.get(unit_id)
      return unit && { fix_at: unit.position ? Date.parse(unit.position.fix_at) : null }
    }
    const alarms = list.flatMap((urgent) => alarmOf(urgent, now, fixOf) ?? [])
    this.standing = this.book.update(alarms, now)
    this.rate = this.book.rate(operators)
  }
}
