import { tick } from 'svelte'
import type { z } from 'zod'
import { ask, faultsOf } from '../state/api.ts'
import { say } from './text/say.ts'

/** One form that is sent once at a time and tells each fault at its field, what belongs to none beside the button. */
export class Form {
  faults = $state.raw<Record<string, string>>({})
  notice = $state('')
  busy = $state(false)

  /** `owed` must not be empty, and `same`, a pair of fields, must be alike: said before anything is sent. */
  private check(owed: Record<string, string>, same?: readonly [string, string]): boolean {
    this.notice = ''
    this.faults = Object.fromEntries(
      Object.entries(owed)
        .filter(([, value]) => !value)
        .map(([name]) => [name, say('required')]),
    )
    if (same && owed[same[0]] && owed[same[0]] !== owed[same[1]]) this.faults = { [same[1]]: say('not_same') }
    return Object.keys(this.faults).length === 0
  }

  /** The answer, or null when it was refused or never came. */
  async send<T>(
    method: 'POST' | 'PUT',
    path: string,
    schema: z.ZodType<T>,
    body: object,
    owed: Record<string, string>,
    same?: readonly [string, string],
  ): Promise<{ value: T } | null> {
    if (this.busy) return null
    if (!this.check(owed, same)) return this.toFault()
    this.busy = true
    const said = await ask(method, path, schema, { body })
    this.busy = false
    if (said.ok) return { value: said.value }
    if (said.away) this.notice = say('away')
    else {
      this.faults = Object.fromEntries(Object.entries(faultsOf(said.problem)).filter(([name]) => name in owed))
      if (Object.keys(this.faults).length === 0) this.notice = said.problem.detail ?? said.problem.title
    }
    return this.toFault()
  }

  private async toFault(): Promise<null> {
    await tick()
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    return null
  }
}
