import { describe, expect, it } from 'vitest'
import { matchingTypes } from '../../../client/console/call/match_types.ts'
import { corrections, EMPTY_FIELDS, intakeOf } from '../../../client/console/state/intake.ts'
import { INCIDENT_TYPES } from '../../../geo/city/incident_types.ts'
import { incidentInput, incidentPatch } from '../../../geo/wire/requests.ts'

const CALL = '11111111-1111-4111-8111-111111111111'
const PIN = {
  lon: 109.66,
  lat: -6.89,
  accuracy_m: 40,
  label: 'x',
  inside_city: true,
  source: 'place',
  settled: true,
} as const
const filled = {
  ...EMPTY_FIELDS,
  incident_type: 'kebakaran',
  place_text: ' dekat pasar ',
  pin: PIN,
  caller_number: '0285 1',
  description: '',
}

describe('a filled form', () => {
  it('is what the server takes, with the time of the call it knows', () => {
    const intake = intakeOf(filled, CALL, 0)
    expect(incidentInput.parse(intake)).toMatchObject({
      call_id: CALL,
      address_text: 'dekat pasar',
      description: null,
      location: { coordinates: [109.66, -6.89] },
    })
    expect(intake).not.toHaveProperty('received_at')
  })
  it('carries its own time when the server never heard of the call', () => {
    expect(intakeOf(filled, null, Date.UTC(2026, 9, 1)).received_at).toBe('2026-10-01T00:00:00.000Z')
  })
  it('sends no pin that nobody took, and no number that is hidden', () => {
    const intake = intakeOf({ ...filled, pin: { ...PIN, settled: false }, number_hidden: true }, CALL, 0)
    expect(intake).not.toHaveProperty('location')
    expect(intake).toMatchObject({ caller_number: null, number_hidden: true })
  })
})

describe('corrections', () => {
  const sent = intakeOf(filled, CALL, 0)
  it('are none when nothing was typed since', () =>
    expect(corrections(sent, intakeOf({ ...filled }, CALL, 0))).toEqual({}))
  it('know of a number that turned out to be hidden', () =>
    expect(corrections(sent, intakeOf({ ...filled, number_hidden: true }, CALL, 0))).toEqual({
      caller_number: null,
      number_hidden: true,
    }))
  it('are taken by the server', () =>
    expect(
      incidentPatch.safeParse(corrections(sent, intakeOf({ ...filled, number_hidden: true }, CALL, 0))).success,
    ).toBe(true))
  it('are what changed, also to nothing', () => {
    expect(corrections(sent, intakeOf({ ...filled, caller_number: '', description: 'dua orang' }, CALL, 0))).toEqual({
      caller_number: null,
      description: 'dua orang',
    })
  })
})

describe('incident types', () => {
  const find = (typed: string) =>
    matchingTypes(
      INCIDENT_TYPES.map((type) => ({
        ...type,
        needs: [...type.needs],
        needs_built_in: true,
        median_on_scene_seconds: null,
        median_on_scene_n: 0,
      })),
      typed,
      (type) => type.name,
    ).map((type) => type.code)
  it.each([
    ['', 'kebakaran'],
    ['keb', 'kebakaran'],
    ['b', 'banjir'],
    ['rob', 'rob'],
    ['l', 'kecelakaan'],
    ['tenggelam', 'orang_tenggelam'],
    ['ambulan', 'sakit_mendadak'],
  ])('"%s" finds %s first', (typed, code) => expect(find(typed)[0]).toBe(code))
  it('finds nothing for nonsense', () => expect(find('qqq')).toEqual([]))
})
