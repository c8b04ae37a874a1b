import { describe, expect, it } from 'vitest'
import { en } from '../../../client/text/en.ts'
import { id } from '../../../client/text/id.ts'
import { duration, minutesUp, stageTime, wibClock } from '../../../client/text/time.ts'

describe('times in words', () => {
  it('shows WIB whatever the machine thinks', () => {
    expect(wibClock(Date.parse('2026-11-23T17:30:05Z'))).toBe('00:30:05')
  })
  it.each([
    [124, '02:04'],
    [0.4, '00:01'],
    [0, '00:00'],
    [-0.6, '+00:00'],
    [-724, '+12:04'],
    [-6000, '+1j 40'],
    [-200_000, '+2 hari'],
  ])('%d s left reads %s', (seconds, words) => {
    expect(stageTime(seconds)).toBe(words)
  })
  it('rounds an age down and a drive up', () => {
    expect([duration(59.9), duration(3599), duration(7200), duration(200_000)]).toEqual([
      '59 dtk',
      '59 mnt',
      '2 jam',
      '2 hari',
    ])
    expect([minutesUp(1), minutesUp(61)]).toEqual(['1 mnt', '2 mnt'])
  })
})

describe('texts', () => {
  it('fill the same blanks in both languages', () => {
    const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const key of Object.keys(id) as (keyof typeof id)[]) expect(blanks(en[key]), key).toEqual(blanks(id[key]))
  })
  it('say BASI in capitals in one place only', () => {
    expect(
      Object.entries(id)
        .filter(([, text]) => text.includes('BASI'))
        .map(([key]) => key),
    ).toEqual(['stale'])
  })
})
