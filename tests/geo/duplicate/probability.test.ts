import { describe, expect, it } from 'vitest'
import { INCIDENT_TYPES } from '../../../geo/city/incident_types.ts'
import {
  duplicateProbabilities,
  eventsPerHour,
  kindRatio,
  placeRatio,
  PLANNING,
  reachM,
  REACHES,
  separationVariance,
  weight,
  type Candidate,
  type Report,
} from '../../../geo/duplicate/probability.ts'
import { relatedKinds } from '../../../geo/duplicate/related.ts'
import { seededRandom } from '../../helpers/random.ts'

const CODES = INCIDENT_TYPES.map((type) => type.code)
const SIDE_M = 6_700
const SETTING = { area_m2: SIDE_M ** 2, kinds: CODES.length, events_per_hour: 3 }
const fire = (more: Partial<Candidate> = {}): Candidate => ({
  accuracy_m: 25,
  incident_type: 'kebakaran',
  distance_m: 100,
  age_seconds: 300,
  ...more,
})
const REPORT: Report = { accuracy_m: 25, incident_type: 'kebakaran' }
const of = (candidate: Candidate, report = REPORT) => duplicateProbabilities(report, [candidate], SETTING)[0]

/** Reports of a made-up city in the order they ring, each with the event it is truly about. */
function invent(hours: number, random: () => number) {
  const exponential = (mean: number) => -mean * Math.log(1 - random())
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]
  const rho = PLANNING.repeat_share / (1 - PLANNING.repeat_share)
  const sigmaOf = (accuracy_m: number) => accuracy_m / Math.sqrt(-2 * Math.log(0.1))
  const reports: {
    event: number
    first: boolean
    at: number
    x: number
    y: number
    accuracy_m: number
    kind: string
  }[] = []
  let event = 0
  for (let at = exponential(1_200); at < hours * 3_600; at += exponential(1_200)) {
    const [x, y, kind] = [random() * SIDE_M, random() * SIDE_M, pick(CODES)]
    const report = (when: number, first: boolean, said: string) => {
      const accuracy_m = pick([10, 25, 80, 250, 900])
      const sigma = Math.hypot(sigmaOf(accuracy_m), PLANNING.sight_sigma_m)
      reports.push({
        event,
        first,
        at: when,
        x: x + sigma * normal(),
        y: y + sigma * normal(),
        accuracy_m,
        kind: said,
      })
    }
    report(at, true, kind)
    // Repeats of one event: as many as a Poisson process of mean rho, each after an exponential wait.
    for (let sum = exponential(1); sum < rho; sum += exponential(1)) {
      const related = [...relatedKinds(kind)]
      const others = CODES.filter((code) => code !== kind && !related.includes(code))
      const draw = random()
      const said =
        draw < PLANNING.other_kind
          ? pick(others)
          : draw < PLANNING.other_kind + PLANNING.related_kind && related.length
            ? pick(related)
            : kind
      report(at + exponential(PLANNING.repeat_mean_seconds), false, said)
    }
    event++
  }
  return reports.sort((a, b) => a.at - b.at)
}

describe('the stated probability', () => {
  it('is what happens, in every band, in a city that is as the model says', () => {
    const reports = invent(20_000, seededRandom(31))
    const bands = Array.from({ length: 10 }, () => ({ n: 0, said: 0, true: 0 }))
    let known: typeof reports = []
    for (const report of reports) {
      known = known.filter((other) => report.at - other.at < 5 * 3_600)
      const candidates = known.map((other) => ({
        accuracy_m: other.accuracy_m,
        incident_type: other.kind,
        distance_m: Math.hypot(other.x - report.x, other.y - report.y),
        age_seconds: report.at - other.at,
      }))
      const stated = duplicateProbabilities(
        { accuracy_m: report.accuracy_m, incident_type: report.kind },
        candidates,
        SETTING,
      )
      stated.forEach((p, i) => {
        const band = bands[Math.min(9, Math.floor(p * 10))]
        band.n++
        band.said += p
        if (known[i].event === report.event) band.true++
      })
      if (report.first) known.push(report)
    }
    for (const [i, { n, said, true: came }] of bands.entries()) {
      expect(n, `band ${i / 10}`).toBeGreaterThan(150)
      const error = Math.sqrt(Math.max(1, came * (1 - came / n))) / n
      expect(Math.abs(said / n - came / n), `band ${i / 10}: said ${said / n}, came ${came / n} of ${n}`).toBeLessThan(
        3 * error + 0.02,
      )
    }
  })

  it('shares 1 with "a new event": all hypotheses enumerated, the event’s place integrated out by brute force', () => {
    const random = seededRandom(32)
    const step = 5
    /** Density of two pins (along one axis) of one event whose place nobody knows. */
    const along = (d: number, a: number, b: number) => {
      let sum = 0
      for (let e = -4_000; e <= 4_000; e += step)
        sum += (Math.exp(-0.5 * ((e / a) ** 2 + ((e - d) / b) ** 2)) / (2 * Math.PI * a * b)) * step
      return sum
    }
    const pinSigma = (accuracy_m: number) =>
      Math.hypot(accuracy_m / Math.sqrt(-2 * Math.log(0.1)), PLANNING.sight_sigma_m)
    for (let round = 0; round < 20; round++) {
      const report = { accuracy_m: 10 + random() * 300, incident_type: null }
      const placed = Array.from({ length: 4 }, () => ({
        x: random() * 400,
        y: random() * 400,
        accuracy_m: 10 + random() * 300,
        age_seconds: random() * 4_000,
      }))
      const candidates = placed.map(({ x, y, ...rest }) => ({
        ...rest,
        incident_type: 'rob',
        distance_m: Math.hypot(x, y),
      }))
      const rates = placed.map(({ x, y, accuracy_m, age_seconds }) => {
        const [a, b] = [pinSigma(report.accuracy_m), pinSigma(accuracy_m)]
        const even = 1 / (SETTING.area_m2 + 2 * Math.PI * (a * a + b * b))
        const decay = Math.exp(-age_seconds / PLANNING.repeat_mean_seconds) / PLANNING.repeat_mean_seconds
        return (0.25 * decay * along(x, a, b) * along(y, a, b)) / even
      })
      const fresh = SETTING.events_per_hour / 3_600
      const total = rates.reduce((sum, rate) => sum + rate, fresh)
      duplicateProbabilities(report, candidates, SETTING).forEach((p, i) => expect(p).toBeCloseTo(rates[i] / total, 5))
    }
  })

  it('never grows with distance or time, whatever the uncertainties', () => {
    const random = seededRandom(33)
    for (let round = 0; round < 200; round++) {
      const accuracy_m = 10 ** (1 + 3 * random())
      const report = { accuracy_m: 10 ** (1 + 3 * random()), incident_type: 'rob' }
      const at = { accuracy_m, distance_m: random() * 2_000, age_seconds: random() * 7_200 }
      const p = of(fire(at), report)
      expect(of(fire({ ...at, distance_m: at.distance_m + 1 + random() * 500 }), report)).toBeLessThan(p + 1e-12)
      expect(of(fire({ ...at, age_seconds: at.age_seconds + 1 + random() * 3_600 }), report)).toBeLessThan(p)
      // Which of two reports was written first does not matter.
      expect(of(fire({ ...at, age_seconds: -at.age_seconds }), report)).toBe(p)
      expect(of(fire({ ...at, accuracy_m: report.accuracy_m }), { ...report, accuracy_m })).toBeCloseTo(p, 12)
    }
  })

  it('says nothing by the place when nothing is known of it, and never that it is another', () => {
    for (const distance_m of [0, 500, 3_000]) {
      const ratio = placeRatio(distance_m, separationVariance(20_000, 20_000), SETTING.area_m2)
      expect(ratio).toBeGreaterThan(0.9)
      expect(ratio).toBeLessThan(1.15)
    }
    // Wide circles weaken near and far alike towards each other.
    const spread = (accuracy_m: number) =>
      of(fire({ distance_m: 0 }), { ...REPORT, accuracy_m }) -
      of(fire({ distance_m: 1_000 }), { ...REPORT, accuracy_m })
    expect(spread(3_000)).toBeLessThan(spread(500))
    expect(spread(500)).toBeLessThan(spread(25))
  })

  it('goes by the kind: the same before a related one before another; none chosen lies between', () => {
    const [same, related, none, other] = ['kebakaran', 'listrik_padam', null, 'ular'].map((incident_type) =>
      of(fire({ distance_m: 300 }), { ...REPORT, incident_type }),
    )
    expect(same).toBeGreaterThan(related)
    expect(related).toBeGreaterThan(none)
    expect(none).toBeGreaterThan(other)
  })

  it('chances of the kinds a repeated report may be given add up to 1', () => {
    for (const known of CODES) {
      const sum = CODES.reduce((all, code) => all + kindRatio(code, known, CODES.length) / CODES.length, 0)
      expect(sum).toBeCloseTo(1, 12)
    }
  })

  it('is lower in a storm, when many events come at once, and splits between two that fit alike', () => {
    const p = (last_hour: number) =>
      duplicateProbabilities(REPORT, [fire({ distance_m: 350 })], {
        ...SETTING,
        events_per_hour: eventsPerHour(last_hour),
      })[0]
    expect(p(60)).toBeLessThan(p(3))
    expect(eventsPerHour(PLANNING.events_per_hour)).toBe(PLANNING.events_per_hour)
    const [a, b] = duplicateProbabilities(REPORT, [fire(), fire()], SETTING)
    expect(a).toBe(b)
    expect(a + b).toBeLessThan(1)
    expect(a + b).toBeGreaterThan(of(fire()))
  })

  it('leaves nothing out beyond its reach', () => {
    for (const [mine, theirs] of [
      [25, 25],
      [5_000, 25],
      [25, 5_000],
      [3_000, 3_000],
    ]) {
      const distance_m = reachM(mine) + REACHES * theirs
      expect(
        weight(
          { accuracy_m: mine, incident_type: 'kebakaran' },
          fire({ accuracy_m: theirs, distance_m, age_seconds: 0 }),
          SETTING,
        ),
      ).toBeLessThan(0.03)
    }
  })

  it('names only kinds that there are', () => {
    for (const code of CODES) for (const other of relatedKinds(code)) expect(CODES).toContain(other)
    expect(relatedKinds('kebakaran').size).toBeGreaterThan(0)
  })
})
