import type { Position, Unit } from '../../geo/wire/masterdata.ts'
import { wholeCollection } from './whole.ts'

export const units = wholeCollection({
  id: 'units',
  title: 'Unit',
  description: 'Unit yang dapat dikirim: di posisi terakhirnya (fix_at), yang tanpa posisi di posnya.',
  permission: 'live.read',
  temporal: false,
  async all({ db, simulated }) {
    const rows = await db.rows<{ unit: Unit & { position: Omit<Position, 'unit_id'> | null } }>('units', { simulated })
    return rows.map(({ unit }) => ({
      type: 'Feature' as const,
      id: unit.id,
      geometry: unit.position?.location ?? unit.station_location,
      properties: {
        callsign: unit.callsign,
        agency_code: unit.agency_code,
        agency_kind: unit.agency_kind,
        kind: unit.kind,
        capabilities: unit.capabilities.join(' '),
        duty: unit.duty,
        crew: unit.crew,
        incident_id: unit.incident_id,
        fix_at: unit.position?.fix_at ?? null,
        speed_kmh: unit.position?.speed_kmh ?? null,
        heading: unit.position?.heading ?? null,
      },
    }))
  },
})
