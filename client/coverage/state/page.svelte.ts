import type { CoverageScenario } from '../../../geo/wire/coverage_scenarios.ts'
import { changeMark, changeOf, VIEWS, type View } from '../map/what_is_shown.ts'
import type { Tool } from '../whatif/tool.ts'
import { choiceOf, fragmentOf, type Choice } from './choice.ts'
import { Reach } from './reach.svelte.ts'
import { Saved } from './saved.svelte.ts'
import { pointAt, Scenario, type At } from './scenario.svelte.ts'

export const SIDES = ['reach', 'whatif', 'saved'] as const
export type Side = (typeof SIDES)[number]
const NUDGE_M = { near: 50, far: 250 }

/** What the page shows and what keys, pointer and lists do to it. */
export class CoveragePage {
  choice = $state.raw<Choice>(choiceOf(location.hash))
  side = $state<Side>('reach')
  view = $state<View>('before')
  tool = $state<Tool | null>(null)
  /** Id of the post or unit chosen. */
  picked = $state<string | null>(null)
  /** Code of the kelurahan pointed at in a list. */
  listed = $state<string | null>(null)
  /** The cell under the pointer or the cross-hair. */
  cell = $state<string | null>(null)
  readonly reach = new Reach()
  readonly scenario = new Scenario(() => this.choice)
  readonly saved = new Saved()

  constructor() {
    this.reach.look(this.choice)
  }

  /** The sign that keys act on: a change's, else a post's or unit's. */
  get chosen_mark(): string | null {
    if (this.side !== 'whatif') return null
    return this.scenario.chosen >= 0 ? changeMark(this.scenario.chosen) : this.picked
  }

  /** The address tells another choice. */
  follow(fragment: string): void {
    const next = choiceOf(fragment)
    if (fragmentOf(next) === fragmentOf(this.choice)) return
    const other_sources = next.agency_kind !== this.choice.agency_kind || next.from !== this.choice.from
    this.choice = next
    this.reach.look(next)
    this.picked = null
    this.scenario.best = null
    // Another kind has other posts: what was done to these says nothing of those.
    if (other_sources) this.scenario.replaceAll(this.scenario.changes.filter(({ kind }) => GENERAL.includes(kind)))
    else this.scenario.again()
    if (this.scenario.changes.length === 0) this.view = 'before'
  }
  choose(next: Choice): void {
    location.hash = fragmentOf(next)
  }

  show(side: Side): void {
    this.side = side
    this.tool = null
    this.listed = null
  }
  nextView(): void {
    if (this.scenario.result) this.view = VIEWS[(VIEWS.indexOf(this.view) + 1) % VIEWS.length]
  }

  use(tool: Tool): void {
    this.side = 'whatif'
    this.tool = this.tool === tool || (tool === 'move' && !this.picked) ? null : tool
  }
  pick(mark_id: string): void {
    const change = changeOf(mark_id)
    this.side = 'whatif'
    this.scenario.chosen = change ?? -1
    if (change === null) this.picked = mark_id
  }

  /** A place was pressed, or the cross-hair's with Enter. */
  press(at: At): void {
    const { tool, scenario } = this
    if (tool === null) return
    const location = pointAt(at)
    const units = this.choice.from === 'units'
    if (tool === 'add') scenario.add({ kind: units ? 'add_unit' : 'add_post', location })
    else if (tool === 'road') scenario.add({ kind: 'close_road', draw: { by: 'point', at: location.coordinates } })
    else if (this.picked)
      scenario.add(
        units
          ? { kind: 'move_unit', unit_id: this.picked, location }
          : { kind: 'move_post', station_id: this.picked, location },
      )
    this.changed()
  }
  closePicked(): void {
    if (!this.picked) return
    this.scenario.add(
      this.choice.from === 'units'
        ? { kind: 'close_unit', unit_id: this.picked }
        : { kind: 'close_post', station_id: this.picked },
    )
    this.changed()
  }
  /** After a change the difference is what somebody wants to see. */
  changed(): void {
    this.tool = null
    if (this.view === 'before') this.view = 'difference'
  }

  drag(mark_id: string, to: At): void {
    const change = changeOf(mark_id)
    if (change === null) return
    this.scenario.chosen = change
    this.scenario.place(change, to)
  }
  /** False: there is nothing to nudge, so that the map may move. */
  nudge(east: number, north: number, far: boolean): boolean {
    if (this.side !== 'whatif' || this.tool !== null || this.scenario.chosen < 0) return false
    const step = far ? NUDGE_M.far : NUDGE_M.near
    return this.scenario.nudge(east * step, north * step)
  }

  open({ agency_kind, minutes, from, changes }: CoverageScenario): void {
    location.hash = fragmentOf({ agency_kind, minutes, from })
    this.follow(location.hash)
    this.scenario.replaceAll(changes)
    this.saved.compared = []
    this.side = 'whatif'
    this.view = 'difference'
  }

  /** What Escape ends: the tool first, then the comparison, then what is chosen. */
  back(): boolean {
    if (this.tool !== null) this.tool = null
    else if (this.side === 'saved' && this.saved.compared.length > 0) this.saved.compared = []
    else if (this.scenario.chosen >= 0 || this.picked !== null) {
      this.scenario.chosen = -1
      this.picked = null
    } else return false
    return true
  }

  close(): void {
    this.reach.close()
    this.scenario.close()
  }
}

/** Changes that hold for every kind. */
const GENERAL: readonly string[] = ['flood', 'close_road', 'shift']
