import { faultsOf, reasonOf, type Answer } from '../state/api.ts'
import { say } from './text/say.ts'

/** One command at a time, with what became of it in words. */
export class Command {
  busy = $state(false)
  /** Said once it was done. */
  done = $state('')
  notice = $state('')
  faults = $state.raw<Record<string, string>>({})

  /** Runs it; null: it was refused, nobody answered, or another is on its way. `fields`: faults of these are told beside them. */
  async run<T>(work: () => Promise<Answer<T>>, fields: readonly string[] = []): Promise<T | null> {
    if (this.busy) return null
    this.clear()
    this.busy = true
    const said = await work()
    this.busy = false
    if (said.ok) return said.value
    if (said.away) this.notice = say('no_answer')
    else {
      const faults = faultsOf(said.problem)
      this.faults = Object.fromEntries(Object.entries(faults).filter(([name]) => fields.includes(name)))
      if (Object.keys(this.faults).length === 0) this.notice = reasonOf(said.problem)
    }
    return null
  }

  clear(): void {
    this.done = this.notice = ''
    this.faults = {}
  }
}
