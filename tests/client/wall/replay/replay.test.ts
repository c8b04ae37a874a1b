import { describe, expect, it } from 'vitest'
import type { ScreenStretch } from '../../../../geo/wire/replay.ts'
import { Picture } from '../../../../client/state/picture.ts'
import { fileTape } from '../../../../client/wall/replay/file_tape.ts'
import { play, timed } from '../../../../client/wall/replay/play.ts'
import { screensAt, stalenessThen } from '../../../../client/wall/replay/screens.ts'
import {
  addressMoment,
  addressText,
  fieldMoment,
  fieldText,
  wibDate,
  wibDots,
} from '../../../../client/wall/replay/wib.ts'
import { anIncident, at, T0 } from '../../fixtures.ts'

const stretch = (over: Partial<ScreenStretch>): ScreenStretch => ({
  screen_id: 'kiri',
  name: null,
  began_at: at(0),
  ended_at: at(60),
  stale: null,
  scene: 'live',
  ...over,
})

describe('times of a replay', () => {
  const moment = Date.parse('2026-11-28T13:02:11+07:00')
  it('are said in WIB', () => {
    expect(`${wibDate(moment)} ${wibDots(moment)}`).toBe('28 Nov 2026 13.02.11')
    expect(wibDate(Date.parse('2026-11-28T18:00:00Z'))).toBe('29 Nov 2026')
  })
  it('are typed in WIB, with dots or colons, with seconds or without', () => {
    expect(fieldMoment(fieldText(moment))).toBe(moment)
    expect(fieldMoment('2026-11-28 13.02.11')).toBe(moment)
    expect(fieldMoment('2026-11-28 13:02')).toBe(moment - 11_000)
    for (const wrong of ['', '28-11-2026 13:02', '2026-11-28', '2026-13-28 13:02'])
      expect(fieldMoment(wrong)).toBeNull()
  })
  it('stand in the address with their offset, whose + a browser reads as a space', () => {
    expect(addressText(moment)).toBe('2026-11-28T13:02:11+07:00')
    expect(addressMoment('2026-11-28T13:02:11 07:00')).toBe(moment)
    expect(addressMoment('kemarin')).toBeNull()
  })
})

describe('a screen at a past moment', () => {
  it('is stale with the reason it gave, since five seconds before it said so', () => {
    const [screen] = screensAt(
      [stretch({}), stretch({ began_at: at(60), ended_at: at(90), stale: 'socket' })],
      T0 + 70_000,
    )
    expect(screen).toMatchObject({ state: 'stale', name: 'kiri' })
    expect(stalenessThen(screen, T0 + 70_000)).toEqual({ stale: true, reason: 'socket', age_seconds: 15 })
  })
  it('is silent, not fresh, once it was not heard for longer than its word takes', () => {
    expect(screensAt([stretch({})], T0 + 69_000)[0].state).toBe('fresh')
    const [silent] = screensAt([stretch({})], T0 + 71_000)
    expect(silent.state).toBe('silent')
    expect(stalenessThen(silent, T0 + 71_000).stale).toBe(false)
    expect(screensAt([stretch({})], T0 - 1000)[0].state).toBe('silent')
  })
})

describe('a passage', () => {
  const incident = anIncident()
  it('is played in the order of its moments, over numbers that tell a picture nothing', () => {
    const picture = new Picture()
    picture.seq = 3
    const told = timed({
      lines: [
        { type: 'event', seq: 9, at: at(20), kind: 'incident.closed', incident: { ...incident, status: 'closed' } },
        { type: 'event', seq: 5, at: at(10), kind: 'incident.created', incident },
      ],
      positions: [{ at: at(15), positions: [] }],
    })
    expect(told.map((one) => one.at - T0)).toEqual([10_000, 15_000, 20_000])
    expect(play(picture, told[0])).toMatchObject({ incidents: true, restart: false })
    expect(picture.incidents.size).toBe(1)
    play(picture, told[2])
    expect([picture.seq, picture.incidents.size]).toEqual([9, 0])
  })
  it('of a file that is none is refused', () => {
    for (const text of ['', '{}', '[1]', '{"format":"siaga-112-replay-1"}'])
      expect(() => fileTape(text, 'x')).toThrow(expect.objectContaining({ why: 'file' }))
  })
})
