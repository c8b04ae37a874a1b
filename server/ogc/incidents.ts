import type { OgcFeature } from '../../geo/wire/ogc.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import type { Collection, Page } from './types.ts'

export const incidents: Collection = {
  id: 'incidents',
  title: 'Kejadian',
  description: 'Setiap kejadian dengan jenis, keadaan dan waktunya; tanpa nama, nomor, alamat lisan dan catatan.',
  permission: 'incident.read',
  temporal: true,
  read: ({ db, simulated }, { bbox, from, to, limit, offset }) =>
    db.one<Page>('ogc_incidents', { id: null, simulated, bbox, from, to, limit, offset }),
  async find({ db, simulated }, id) {
    if (!uuid.safeParse(id).success) return null
    const page = await db.one<{ features: OgcFeature[] }>('ogc_incidents', {
      ...{ id, simulated, bbox: null, from: null, to: null, limit: 1, offset: 0 },
    })
    return page.features[0] ?? null
  },
}
