import type { CityModel } from '../city/model.ts'
import type { MapStore } from '../map/store.ts'
import { changesNames, type LogRow } from './event.ts'

/** What must know of lines of the log beside the readers; sockets and sessions come once there are any. */
export interface Heeding {
  city: CityModel
  map: Pick<MapStore, 'refresh'>
  now: () => Date
  simulated: boolean
  /** Something may be owed to the data centre. */
  owed: () => void
  /** An incident changed: its cells may be missing. */
  incidentChanged: () => void
  /** Somebody may have been let in or shut out. */
  accessChanged: () => void
}

/** What follows from a line of the log in this server, whichever server wrote it. Called by the hub (hub.ts), which tries again what throws. */
export function consequencesOf(heeding: Heeding) {
  const { city, map, now, simulated, owed, incidentChanged, accessChanged } = heeding
  return {
    async onLine(row: LogRow): Promise<void> {
      const [subject] = row.kind.split('.')
      if (subject === 'city') await Promise.all([city.reload(), map.refresh()])
      if (subject === 'masterdata') await city.reloadTypes(now())
      if (changesNames(row, simulated)) await city.reloadAliases()
      if (subject === 'closure') await city.reloadClosures(now())
      if (subject === 'account' || subject === 'device') accessChanged()
      if (subject === 'incident' || subject === 'outbox') owed()
      if (subject === 'incident') incidentChanged()
    },
    /** Another log lies under this server: whatever was read from the old one is read again. */
    async onAnotherLog(): Promise<void> {
      accessChanged()
      await Promise.all([city.reload(), map.refresh(), city.reloadClosures(now()), city.reloadTypes(now())])
      accessChanged()
      owed()
      incidentChanged()
    },
  }
}
