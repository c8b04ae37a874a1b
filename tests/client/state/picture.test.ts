import { describe, expect, it } from 'vitest'
import { Picture } from '../../../client/state/picture.ts'
import type { Snapshot } from '../../../geo/wire/live.ts'
import { anIncident, at, aType, aUnit } from '../fixtures.ts'

const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  type: 'snapshot',
  seq: 10,
  server_time: at(0),
  incidents: [],
  units: [],
  agencies: [],
  stations: [],
  incident_types: [],
  closures: [],
  calls: [],
  map_hash: 'a',
  routing: 'own',
  ...over,
})
const fix = (unit_id: string, seconds: number, lon = 109.68) => ({
  unit_id,
  location: { type: 'Point' as const, coordinates: [lon, -6.89] as [number, number] },
  fix_at: at(seconds),
  speed_kmh: null,
  heading: null,
  accuracy_m: 5,
  simulated: true,
})

describe('Picture', () => {
  it('holds nothing and knows it before the first snapshot', () => {
    const picture = new Picture()
    expect(picture.seq).toBe(-1)
    expect(picture.apply({ type: 'event', seq: 1 }).restart).toBe(true)
  })

  it('replaces whole rows by events and drops what is no longer open', () => {
    const picture = new Picture()
    const incident = anIncident()
    picture.apply(snapshot({ incidents: [incident] }))
    picture.apply({ type: 'event', seq: 11, incident: { ...incident, status: 'verified', kelurahan: null } })
    expect(picture.incidents.get(incident.id)).toMatchObject({ status: 'verified', kelurahan: null })
    picture.apply({ type: 'event', seq: 12, incident: { ...incident, status: 'closed' } })
    expect(picture.incidents.size).toBe(0)
    expect(picture.seq).toBe(12)
  })

  it('ignores a line it holds and asks for a new picture when one is missing', () => {
    const picture = new Picture()
    picture.apply(snapshot())
    expect(picture.apply({ type: 'event', seq: 10, incident: anIncident() }).incidents).toBe(false)
    expect(picture.apply({ type: 'event', seq: 12, incident: anIncident() }).restart).toBe(true)
    expect([picture.incidents.size, picture.seq]).toEqual([0, 10])
  })

  it('counts a withheld line, so that nothing seems missing after it', () => {
    const picture = new Picture()
    picture.apply(snapshot())
    expect(picture.apply({ type: 'event', seq: 11 })).toMatchObject({ incidents: false, restart: false })
    expect(picture.seq).toBe(11)
  })

  it('takes over incident types that a beat brings, and keeps its own when it brings none', () => {
    const picture = new Picture()
    picture.apply(snapshot({ incident_types: [aType({ median_on_scene_seconds: null })] }))
    const beat = { type: 'heartbeat', server_time: at(0), seq: 10, checked_at: at(0), routing: 'own' } as const
    expect(picture.apply(beat).masterdata).toBe(false)
    const renewed = aType({ median_on_scene_seconds: 900, median_on_scene_n: 8 })
    expect(picture.apply({ ...beat, incident_types: [renewed] }).masterdata).toBe(true)
    picture.apply(beat)
    expect([...picture.types.values()]).toEqual([renewed])
  })

  it('keeps the position of a unit whose row changed', () => {
    const picture = new Picture()
    const unit = aUnit({ position: { ...fix('', 0), simulated: true } })
    picture.apply(snapshot({ units: [unit] }))
    const { position: _, ...row } = unit
    picture.apply({ type: 'event', seq: 11, units: [{ ...row, duty: 'off' }] })
    expect(picture.units.get(unit.id)).toMatchObject({ duty: 'off', position: { fix_at: at(0) } })
  })

  it('keeps a unit that is out of the master data as long as it has a case, and drops it then', () => {
    const picture = new Picture()
    const unit = aUnit({ incident_id: anIncident().id, position: { ...fix('', 0), simulated: true } })
    picture.apply(snapshot({ units: [unit] }))
    const { position: _, ...row } = unit
    picture.apply({ type: 'event', seq: 11, units: [{ ...row, active: false }] })
    expect(picture.units.get(unit.id)).toMatchObject({ active: false, position: { fix_at: at(0) } })
    expect(picture.apply({ type: 'event', seq: 12, units: [{ ...row, active: false, incident_id: null }] }).units).toBe(
      true,
    )
    expect(picture.units.size).toBe(0)
    const late = { type: 'positions', server_time: at(20), positions: [fix(unit.id, 20)] } as const
    expect(picture.apply({ ...late, positions: [...late.positions] }).positions).toBe(false)
  })

  it('keeps an active unit without a case, and takes one up again that came back', () => {
    const picture = new Picture()
    const { position: _, ...row } = aUnit()
    picture.apply(snapshot())
    picture.apply({ type: 'event', seq: 11, units: [row] })
    expect(picture.units.size).toBe(1)
    picture.apply({ type: 'event', seq: 12, units: [{ ...row, active: false }] })
    expect(picture.units.size).toBe(0)
    picture.apply({ type: 'event', seq: 13, units: [row] })
    expect(picture.units.get(row.id)).toMatchObject({ active: true, position: null })
  })

  it('takes newer fixes only, and reads the motion from two of them', () => {
    const picture = new Picture()
    const unit = aUnit()
    picture.apply(snapshot({ units: [unit] }))
    picture.apply({ type: 'positions', server_time: at(10), positions: [fix(unit.id, 10)] })
    picture.apply({ type: 'positions', server_time: at(20), positions: [fix(unit.id, 20, 109.681)] })
    const track = picture.tracks.get(unit.id)
    expect(track?.motion.speed_mps).toBeCloseTo(11.04, 1)
    expect(track?.motion.heading).toBeCloseTo(90, 1)
    expect(
      picture.apply({ type: 'positions', server_time: at(21), positions: [fix(unit.id, 15, 109.7)] }).positions,
    ).toBe(false)
    expect(picture.tracks.get(unit.id)).toBe(track)
  })

  it('ignores a fix of a unit it does not know', () => {
    const picture = new Picture()
    picture.apply(snapshot())
    expect(picture.apply({ type: 'positions', server_time: at(0), positions: [fix(aUnit().id, 0)] }).positions).toBe(
      false,
    )
    expect(picture.tracks.size).toBe(0)
  })

  it('tells a changed map once', () => {
    const picture = new Picture()
    expect(picture.apply(snapshot()).map).toBe(true)
    expect(picture.apply({ type: 'event', seq: 11, map_hash: 'b' }).map).toBe(true)
    expect(picture.apply({ type: 'event', seq: 12, map_hash: 'b' }).map).toBe(false)
    expect(picture.apply({ type: 'event', seq: 13, refresh: true }).restart).toBe(true)
  })
})
