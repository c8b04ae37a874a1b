import type { ShiftName } from '../../../geo/sla/shift.ts'
import type { BestPosts, CoverageChange, WhatIf } from '../../../geo/wire/coverage_what_if.ts'
import { reasonOf } from '../../state/api.ts'
import { say } from '../text/say.ts'
import { askBestPosts, askWhatIf, type BestAsked } from './calls.ts'
import type { Choice } from './choice.ts'

export type At = [lon: number, lat: number]
/** Held keys nudge many times a second; one question after a pause is enough. */
const PAUSE_MS = 120
const AFTER_FAULT_MS = 5_000
const M_PER_DEGREE = 111_320

/** Where a change puts or moves something; null: it has no place to be moved. */
export function placeOf(change: CoverageChange | undefined): At | null {
  if (change === undefined) return null
  if ('location' in change) return change.location.coordinates
  return change.kind === 'close_road' && change.draw.by === 'point' ? change.draw.at : null
}

export const pointAt = ([lon, lat]: At) => ({
  type: 'Point' as const,
  coordinates: [Number(lon.toFixed(6)), Number(lat.toFixed(6))] as At,
})

/** What would be if: a list of changes, asked about as a whole after each one. */
export class Scenario {
  changes = $state.raw<readonly CoverageChange[]>([])
  /** The change that keys nudge and take out. */
  chosen = $state(-1)
  result = $state.raw<WhatIf | null>(null)
  fault = $state('')
  busy = $state(false)
  best = $state.raw<BestPosts | null>(null)
  best_fault = $state('')
  seeking = $state(false)
  private running: AbortController | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly choice: () => Choice) {}

  /** A change of the same thing takes the place of the one before: a post moved twice was moved once. */
  add(change: CoverageChange): void {
    const same = this.changes.findIndex((each) => aboutTheSame(each, change))
    const next = same < 0 ? [...this.changes, change] : this.changes.map((each, i) => (i === same ? change : each))
    this.chosen = same < 0 ? next.length - 1 : same
    this.set(next)
  }
  remove(at: number): void {
    if (at < 0 || at >= this.changes.length) return
    const next = this.changes.filter((_, i) => i !== at)
    // The one chosen stays the one chosen, though it moved up.
    this.chosen = Math.min(at < this.chosen ? this.chosen - 1 : this.chosen, next.length - 1)
    this.set(next)
  }
  replaceAll(changes: readonly CoverageChange[]): void {
    this.chosen = changes.length - 1
    this.best = null
    this.set(changes)
  }
  /** Puts the thing of a change elsewhere. */
  place(at: number, to: At): void {
    const change = this.changes[at]
    if (placeOf(change) === null) return
    const moved: CoverageChange =
      'location' in change
        ? { ...change, location: pointAt(to) }
        : change.kind === 'close_road'
          ? { ...change, draw: { by: 'point', at: pointAt(to).coordinates } }
          : change
    this.set(this.changes.map((each, i) => (i === at ? moved : each)))
  }
  /** Metres east and north. */
  nudge(east_m: number, north_m: number): boolean {
    const at = placeOf(this.changes[this.chosen])
    if (!at) return false
    const [lon, lat] = at
    this.place(this.chosen, [
      lon + east_m / (M_PER_DEGREE * Math.cos((lat * Math.PI) / 180)),
      lat + north_m / M_PER_DEGREE,
    ])
    return true
  }
  has = (kind: CoverageChange['kind']): boolean => this.changes.some((each) => each.kind === kind)
  private drop(kind: CoverageChange['kind']): void {
    this.remove(this.changes.findIndex((each) => each.kind === kind))
  }
  /** The rob of 2021, or not. */
  toggleFlood(): void {
    if (this.has('flood')) this.drop('flood')
    else this.add({ kind: 'flood', scenario: '2021' })
  }
  /** Whose traffic and duty counts; null: that of now. */
  get shift(): ShiftName | null {
    return this.changes.find((each) => each.kind === 'shift')?.shift ?? null
  }
  setShift(shift: ShiftName | null): void {
    if (shift) this.add({ kind: 'shift', shift })
    else this.drop('shift')
  }

  private set(changes: readonly CoverageChange[]): void {
    this.changes = changes
    this.again()
  }

  /** Asks anew, for what is chosen may have changed. */
  again(): void {
    clearTimeout(this.timer)
    this.running?.abort()
    this.running = null
    if (this.changes.length === 0) {
      this.result = null
      this.fault = ''
      this.busy = false
      return
    }
    this.busy = true
    this.timer = setTimeout(() => void this.ask(), PAUSE_MS)
  }

  private async ask(): Promise<void> {
    const running = (this.running = new AbortController())
    const said = await askWhatIf(this.choice(), this.changes, running.signal).catch(() => null)
    if (said === null || running !== this.running) return
    this.busy = false
    this.fault = said.ok ? '' : said.away ? say('away') : reasonOf(said.problem)
    if (said.ok) this.result = said.value
    else if (said.away) this.timer = setTimeout(() => void this.ask(), AFTER_FAULT_MS)
    else this.result = null
  }

  async seek(asked: BestAsked): Promise<void> {
    if (this.seeking) return
    this.seeking = true
    this.best_fault = ''
    const said = await askBestPosts(this.choice(), asked, this.changes)
    this.seeking = false
    this.best = said.ok ? said.value : null
    if (!said.ok) this.best_fault = said.away ? say('no_answer') : reasonOf(said.problem)
  }

  close(): void {
    clearTimeout(this.timer)
    this.running?.abort()
    this.running = null
  }
}

function aboutTheSame(a: CoverageChange, b: CoverageChange): boolean {
  if ('station_id' in a && 'station_id' in b) return a.station_id === b.station_id
  if ('unit_id' in a && 'unit_id' in b) return a.unit_id === b.unit_id
  return a.kind === b.kind && (a.kind === 'flood' || a.kind === 'shift')
}
