import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Faults, partOf } from '../../../client/map/faults.ts'
import type { Part } from '../../../client/map/faults.ts'
import { LIVE_ORDER } from '../../../client/map/zorder.ts'

const broken = new Error('broken')
const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000)

function faults(again: (parts: ReadonlySet<Part>) => void = () => undefined) {
  const told: string[] = []
  const tried = vi.fn(again)
  return { told, tried, faults: new Faults((parts) => told.push(parts.join()), tried) }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('partOf', () => {
  it('names a part of the map for every live layer, and for what deck.gl makes below it', () => {
    for (const id of LIVE_ORDER) expect(partOf(id)).not.toBe('map')
    expect(partOf('incident-sign-characters')).toBe('incident')
    expect(partOf('unit')).toBe('unit')
  })
  it('is all of the map without a layer, or with one nobody knows', () => {
    expect(partOf(undefined)).toBe('map')
    expect(partOf('unity')).toBe('map')
  })
})

describe('Faults', () => {
  it('tells each part once, in the order of the map, however often its layers fail', () => {
    const { faults: map, told } = faults()
    for (let frame = 0; frame < 5; frame++) {
      map.add('incident-ring', broken)
      map.add('incident-ring', broken)
      map.add('unit', broken)
    }
    expect(told).toEqual(['incident', 'unit,incident'])
    expect(console.error).toHaveBeenCalledTimes(2)
    map.stop()
  })

  it('tries what failed again, and tells that it is good only when it proved to be', () => {
    const { faults: map, told, tried } = faults()
    map.add('unit', broken)
    pass(30)
    expect(tried).toHaveBeenCalledWith(new Set(['unit']))
    expect(told).toEqual(['unit'])
    pass(3)
    expect(told).toEqual(['unit', ''])
    pass(300)
    expect(tried).toHaveBeenCalledTimes(1)
    map.stop()
  })

  it('goes on telling what fails again, at once or a moment after', () => {
    const room = faults(() => {
      room.faults.add('unit', broken)
      setTimeout(() => room.faults.add('heat', broken), 2000)
    })
    room.faults.add('incident-sign-characters', broken)
    room.faults.add('unit', broken)
    pass(33)
    expect(room.told.at(-1)).toBe('heat,unit')
    pass(63)
    expect(room.tried).toHaveBeenCalledTimes(2)
    pass(3600)
    expect(room.tried).toHaveBeenCalledTimes(7)
    expect(room.told.at(-1)).toBe('heat,unit')
    room.faults.stop()
  })

  it('does nothing after it is stopped', () => {
    const { faults: map, told, tried } = faults()
    map.add('unit', broken)
    map.stop()
    pass(300)
    expect(tried).not.toHaveBeenCalled()
    expect(told).toEqual(['unit'])
  })
})
