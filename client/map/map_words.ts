import { isAlarming } from '../state/urgency.ts'
import type { Urgent } from '../state/urgency.ts'
import { duration, stageTime } from '../text/time.ts'
import type { LonLat } from '../../geo/earth.ts'
import { kecamatanNames } from './base/districts.ts'
import type { ClosureFeatures } from './closure_features.ts'
import type { MapLabel } from './labels.ts'
import { NOWHERE, type UnitMark } from './layers/units.ts'
import type { CityMap } from './manifest.ts'

/** A free unit whose phone is silent for longer has gone off duty without saying so: its outline says enough. */
const AGE_SAID_SECONDS = 3600

/** The clocks of incidents that need somebody now; `clear` is the px to keep from their discs. */
export const clockLabels = (list: readonly Urgent[], clear: number) =>
  list.filter(isAlarming).flatMap((u): MapLabel[] => {
    if (u.clock?.remaining_seconds == null) return []
    const [lon, lat] = u.incident.location.coordinates
    const text = stageTime(u.clock.remaining_seconds)
    return [{ id: u.incident.id, text, kind: `clock-${u.state}`, lon, lat, clear, must: true }]
  })

/** Callsigns of those who are on a case or on their way; an old position says how old. */
export const callsignLabels = (marks: readonly UnitMark[], clear: number) =>
  marks
    .filter((m) => m.place !== NOWHERE && (m.busy || (m.moving && m.freshness !== 'lost')))
    .reverse()
    .map((m): MapLabel => ({
      id: m.id,
      text:
        m.freshness === 'fresh' || m.age_seconds === null ? m.callsign : `${m.callsign} · ${duration(m.age_seconds)}`,
      kind: m.freshness === 'fresh' ? 'callsign' : 'callsign-old',
      lon: m.place[0],
      lat: m.place[1],
      follows: m.place,
      clear,
      must: false,
    }))

/** How old the positions of the others are, where they are old: the least that is said, where there is room. */
export const ageLabels = (marks: readonly UnitMark[], clear: number) =>
  marks.flatMap((m): MapLabel[] =>
    m.busy || m.freshness === 'fresh' || m.age_seconds === null || m.age_seconds > AGE_SAID_SECONDS
      ? []
      : [
          {
            id: `age-${m.id}`,
            text: duration(m.age_seconds),
            kind: 'age',
            lon: m.place[0],
            lat: m.place[1],
            clear: clear * 0.7,
            must: false,
          },
        ],
  )

export const nameLabels = (city: CityMap) =>
  kecamatanNames(city.data).map(({ name, place: [lon, lat] }): MapLabel => ({
    id: `name-${name}`,
    text: name,
    kind: 'kecamatan',
    lon,
    lat,
    clear: 0,
    must: false,
    area: true,
  }))

/** One label for each closure, beside its first sign. */
export const closureLabels = ({ closure_sign }: ClosureFeatures) =>
  closure_sign.flatMap(({ geometry, properties }): MapLabel[] => {
    if (geometry.type !== 'Point' || properties?.rank !== 0) return []
    const [lon, lat] = geometry.coordinates
    return [
      {
        id: `closure-${properties.id}`,
        text: String(properties.words),
        kind: 'closure',
        lon,
        lat,
        clear: 0,
        must: false,
      },
    ]
  })

/** Where closures' signs stand: no word may cover them. */
export const closureSigns = ({ closure_sign }: ClosureFeatures): LonLat[] =>
  closure_sign.flatMap(({ geometry }): LonLat[] =>
    geometry.type === 'Point' ? [[geometry.coordinates[0], geometry.coordinates[1]]] : [],
  )
