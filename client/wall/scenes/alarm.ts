import type { Urgent } from '../../state/urgency.ts'
import { isAlarming } from '../../state/urgency.ts'
import type { Alarms } from './rotation.ts'

/** A case is news to the room for so long after it came in. */
export const NEW_MS = 60_000

/** What needs a human now, each by a name of its own: a case that is about to be or is late, one that just came, and BASI. */
export function alarmNames(list: readonly Urgent[], now: number, stale: boolean): Set<string> {
  const names = new Set<string>()
  if (stale) names.add('stale')
  for (const u of list) {
    if (isAlarming(u)) names.add(`${u.incident.id} ${u.state}`)
    if (now - Date.parse(u.incident.received_at) < NEW_MS) names.add(`${u.incident.id} new`)
  }
  return names
}

/** Remembers what was alarming, so that what begins is told apart from what goes on. Nothing begins at the first look. */
export class AlarmWatch {
  private known: ReadonlySet<string> | null = null

  look(names: ReadonlySet<string>): Alarms {
    const { known } = this
    this.known = names
    return { active: names.size > 0, begun: known !== null && [...names].some((name) => !known.has(name)) }
  }
}
