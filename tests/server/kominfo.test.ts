import { describe, expect, it } from 'vitest'
import type { CaseMessage } from '../../geo/wire/case_message.ts'
import { readConfig } from '../../server/config.ts'
import { pauseAfter, retryAfter } from '../../server/integrations/kominfo/backoff.ts'
import { createBreaker } from '../../server/integrations/kominfo/breaker.ts'
import { applyMapping, parseMapping, readMapping } from '../../server/integrations/kominfo/mapping.ts'
import { signed } from '../../server/integrations/kominfo/signature.ts'
import { seededRandom } from '../helpers/random.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

describe('a signature', () => {
  it('is that of Standard Webhooks’ own example', () => {
    const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
    const headers = signed('msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_000, '{"test": 2432232314}', [secret])
    expect(headers['webhook-timestamp']).toBe('1614265330')
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })
  it('is given with the old and the new secret while both are known', () => {
    const two = signed('a', 0, '{}', [Buffer.alloc(24, 1), Buffer.alloc(24, 2)])['webhook-signature'].split(' ')
    expect(two).toHaveLength(2)
    expect(two[0]).toBe(signed('a', 0, '{}', [Buffer.alloc(24, 1)])['webhook-signature'])
  })
})

describe('a pause', () => {
  it('doubles up to the longest, and is drawn from its latter half', () => {
    const random = seededRandom(13)
    for (let tries = 1; tries < 40; tries++) {
      const whole = Math.min(60_000, 1000 * 2 ** (tries - 1))
      const pause = pauseAfter(tries, { first_ms: 1000, most_ms: 60_000 }, random)
      expect(pause).toBeGreaterThanOrEqual(whole / 2)
      expect(pause).toBeLessThanOrEqual(whole)
    }
  })
  it('is as long as Retry-After says, in seconds or by a date, at most a day', () => {
    const now = Date.parse('2026-11-28T05:00:00Z')
    expect(retryAfter('7', now)).toBe(7000)
    expect(retryAfter('Sat, 28 Nov 2026 05:00:30 GMT', now)).toBe(30_000)
    expect(retryAfter('Sat, 28 Nov 2026 04:00:00 GMT', now)).toBe(0)
    expect(retryAfter('9999999', now)).toBe(86_400_000)
    expect([retryAfter(null, now), retryAfter('nanti', now)]).toEqual([null, null])
  })
})

describe('an endpoint', () => {
  it('is away after three without an answer; then one asks at a time, until one is answered', () => {
    let at = 0
    const now = () => new Date(at)
    const breaker = createBreaker({ now, random: () => 1, pace: { first_ms: 1000, most_ms: 4000 } })
    breaker.missed()
    breaker.missed()
    expect(breaker.room(4)).toBe(4)
    breaker.missed()
    expect([breaker.room(4), breaker.away_since?.getTime()]).toEqual([0, 0])
    const pauses = Array.from({ length: 4 }, () => {
      const before = at
      at = breaker.probe_at
      expect(breaker.room(4)).toBe(1)
      breaker.missed()
      return at - before
    })
    expect(pauses).toEqual([1000, 2000, 4000, 4000])
    breaker.answered()
    expect([breaker.room(4), breaker.away_since]).toEqual([4, null])
  })
})

describe('the environment', () => {
  const read = (env: Record<string, string>) => readConfig(env).kominfo
  it('takes https, and http only within the house', () => {
    for (const url of [
      'https://x.go.id/a',
      'http://127.0.0.1:1/a',
      'http://10.1.2.3',
      'http://192.168.0.9',
      'http://[::1]:2',
    ])
      expect(read({ KOMINFO_URL: url, KOMINFO_SECRET: SECRET }).target?.url).toBe(url)
    for (const url of [
      'http://x.go.id',
      'http://8.8.8.8',
      'http://10.evil.id',
      'ftp://10.0.0.1',
      'https://a:b@x.go.id',
    ])
      expect(() => read({ KOMINFO_URL: url, KOMINFO_SECRET: SECRET }), url).toThrow(/KOMINFO_URL/)
  })
  it('asks for a sound secret with it, and never prints one', () => {
    expect(() => read({ KOMINFO_URL: 'https://x.go.id' })).toThrow(/KOMINFO_SECRET.*wajib bersama/)
    expect(() => read({ KOMINFO_URL: 'https://x.go.id', KOMINFO_SECRET: 'rahasia-pendek' })).toThrow(
      /^(?!.*rahasia).*whsec_/,
    )
    expect(() => read({ KOMINFO_SECRET_FILE: '/tidak/ada' })).toThrow(/KOMINFO_SECRET_FILE/)
    const url = 'mysql://siaga:rahasia@db/siaga'
    for (const name of ['DATABASE_URL', 'DATABASE_REPLICA_URL', 'DATABASE_DIRECT_URL', 'KOMINFO_URL', 'ROUTING_URL'])
      expect(() => readConfig({ [name]: url }), name).toThrow(new RegExp(`^(?!.*rahasia).*${name}=…`))
    expect(
      read({ KOMINFO_URL: 'https://x.go.id', KOMINFO_SECRET: `${SECRET} ${SECRET}` }).target?.secrets,
    ).toHaveLength(2)
    expect(read({}).target).toBeNull()
  })
})

describe('a mapping', () => {
  const map = (fields: object, more: object = {}) => parseMapping({ fields, ...more })
  const CASE = {
    case: { number: '112-20261128-0001', incident_type: 'kebakaran', handed_over_to: null },
    place: { location: { type: 'Point', coordinates: [109.67, -6.89] } },
    final_report: { dead: 2, told: null },
    assignments: [
      { callsign: 'Damkar 1', status: 'done' },
      { callsign: null, status: 'cancelled' },
    ],
  } as unknown as CaseMessage

  it('names the entry at fault, all at once', () => {
    const said = (fields: object, more?: object) => {
      try {
        map(fields, more)
      } catch (error) {
        return (error as Error).message
      }
      return ''
    }
    expect(said({ nomor: 'case.numbre', 'korban.luka': 'final_report.hurt' })).toBe(
      'fields.nomor: tidak ada case.numbre dalam data kasus; fields.korban.luka: tidak ada final_report.hurt dalam data kasus',
    )
    expect(said({ unit: { each: 'case.number', fields: { a: 'callsign' } } })).toBe(
      'fields.unit: case.number bukan daftar',
    )
    expect(said({ unit: { each: 'assignments', fields: { a: 'call_sign' } } })).toContain('fields.unit.fields.a')
    expect(said({ a: 'case.number', 'a.b': 'case.id' })).toBe('fields.a.b: a sudah berisi nilai')
    expect(said({ a: { from: 'case.number', wajib: true } })).toMatch(/^fields\.a: .*wajib/)
    expect(said({ '__proto__.x': 'case.number' })).toContain('bukan nama bidang')
    expect(said({})).toContain('kosong')
    expect(said({ nama: 'calls.0.caller_name' })).toContain('hanya bersama "callers": true')
    expect(said({ nama: 'calls.0.caller_name' }, { callers: true })).toBe('')
  })

  it('that is no JSON, or is not there, is told with its name', () => {
    expect(() => readMapping(import.meta.filename)).toThrow(/^KOMINFO_MAPPING=.*kominfo\.test\.ts: bukan JSON$/)
    expect(() => readMapping('/tidak/ada')).toThrow('KOMINFO_MAPPING=/tidak/ada: tidak dapat dibaca (ENOENT)')
  })

  it('builds what the ministry asks for, and nothing else', () => {
    const mapping = map({
      nomor: { from: 'case.number', required: true },
      sumber: { constant: 'SIAGA-112' },
      jenis: { from: 'case.incident_type', values: { kebakaran: 'K01' }, otherwise: 'LAIN' },
      'lokasi.lintang': 'place.location.coordinates.1',
      'lokasi.bujur': 'place.location.coordinates.0',
      'korban.meninggal': 'final_report.dead',
      keterangan: { from: 'final_report.told', default: '-' },
      unit: { each: 'assignments', fields: { nama: 'callsign', hasil: { from: 'status', values: { done: 1 } } } },
    })
    expect(applyMapping(mapping, CASE)).toEqual({
      nomor: '112-20261128-0001',
      sumber: 'SIAGA-112',
      jenis: 'K01',
      lokasi: { lintang: -6.89, bujur: 109.67 },
      korban: { meninggal: 2 },
      keterangan: '-',
      unit: [
        { nama: 'Damkar 1', hasil: 1 },
        { nama: null, hasil: 'cancelled' },
      ],
    })
    expect(() => applyMapping(map({ a: { from: 'case.handed_over_to', required: true } }), CASE)).toThrow(
      'a: wajib, tetapi case.handed_over_to kosong',
    )
  })
})
