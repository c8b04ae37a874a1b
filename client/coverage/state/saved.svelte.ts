import type { CoverageChange, WhatIf } from '../../../geo/wire/coverage_what_if.ts'
import type { CoverageScenario } from '../../../geo/wire/coverage_scenarios.ts'
import { reasonOf, type Answer } from '../../state/api.ts'
import { say } from '../text/say.ts'
import { askWhatIf, dropScenario, listScenarios, saveScenario } from './calls.ts'
import type { Choice } from './choice.ts'

export const MOST_COMPARED = 3

/** Saved scenarios, and those laid side by side with what comes of each now. */
export class Saved {
  list = $state.raw<readonly CoverageScenario[] | null>(null)
  fault = $state('')
  done = $state('')
  busy = $state(false)
  /** Ids of those to be compared, in the order of their columns. */
  compared = $state.raw<readonly string[]>([])
  results = $state.raw<ReadonlyMap<string, WhatIf | string>>(new Map())

  /** Says nothing where it went well: what came of a save or a deletion before it stands. */
  async read(): Promise<void> {
    const said = await listScenarios()
    if (said.ok) this.list = said.value
    else this.fault = whyOf(said)
  }

  async save(choice: Choice, name: string, changes: readonly CoverageChange[]): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    const said = await saveScenario({ ...choice, name, note: '', changes })
    this.busy = false
    if (!this.told(said)) return false
    this.done = say('saved_done', { name: said.value.name })
    await this.read()
    return true
  }

  async drop(one: CoverageScenario): Promise<void> {
    if (this.busy) return
    this.busy = true
    const said = await dropScenario(one)
    this.busy = false
    if (this.told(said)) this.done = say('saved_dropped', { name: one.name })
    this.compared = this.compared.filter((id) => id !== one.id)
    await this.read()
  }

  /** In or out of the comparison; what it comes to is asked for when it comes in. */
  toggle(one: CoverageScenario): void {
    if (this.compared.includes(one.id)) this.compared = this.compared.filter((id) => id !== one.id)
    else if (this.compared.length < MOST_COMPARED) {
      this.compared = [...this.compared, one.id]
      void this.work(one)
    }
  }

  private async work({ id, agency_kind, minutes, from, changes }: CoverageScenario): Promise<void> {
    const said = await askWhatIf({ agency_kind, minutes, from }, changes)
    const result = said.ok ? said.value : whyOf(said)
    this.results = new Map([...this.results, [id, result]])
  }

  private told<T>(said: Answer<T>): said is Answer<T> & { ok: true } {
    this.done = ''
    this.fault = said.ok ? '' : whyOf(said)
    return said.ok
  }
}

const whyOf = (said: Answer<unknown> & { ok: false }): string => (said.away ? say('no_answer') : reasonOf(said.problem))
