import { z } from 'zod'
import { breach, type Breach } from '../../../geo/wire/breach.ts'
import { ask, faultsOf, reasonOf, type Answer } from '../../state/api.ts'
import { say } from './text/say.ts'

const IDLE_MS = 30_000
const AWAY_MS = 3_000

/** Suspected breaches, looked at again by itself, and what an admin does to them. */
export class Breaches {
  /** The alarm above the page and the desk below it: what one does the other shows at once. */
  private static readonly open = new Set<Breaches>()
  /** null: not known yet, which is not the same as none. */
  list = $state.raw<readonly Breach[] | null>(null)
  away = $state(false)
  busy = $state(false)
  done = $state('')
  notice = $state('')
  faults = $state.raw<Record<string, string>>({})
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    Breaches.open.add(this)
    void this.look()
  }

  get running(): readonly Breach[] {
    return (this.list ?? []).filter(({ outcome }) => outcome === null)
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const said = await ask('GET', '/api/breaches', z.array(breach))
    if (this.closed) return
    this.away = !said.ok && said.away
    if (said.ok) this.list = said.value
    this.timer = setTimeout(() => void this.look(), said.ok ? IDLE_MS : AWAY_MS)
  }

  register(body: object): Promise<Breach | null> {
    return this.run(ask('POST', '/api/breaches', breach, { body }))
  }
  write({ id, revision }: Breach, body: object): Promise<Breach | null> {
    return this.run(ask('PATCH', `/api/breaches/${id}`, breach, { body: { ...body, revision } }))
  }
  cases({ id }: Breach, body: object): Promise<Breach | null> {
    return this.run(ask('POST', `/api/breaches/${id}/cases`, breach, { body }))
  }

  private async run(asked: Promise<Answer<Breach>>): Promise<Breach | null> {
    this.busy = true
    this.done = this.notice = ''
    this.faults = {}
    const said = await asked
    if (!said.ok && said.away) this.notice = say('no_answer')
    else if (!said.ok) {
      this.faults = faultsOf(said.problem)
      this.notice = reasonOf(said.problem)
    } else this.done = say('saved')
    await Promise.all([...Breaches.open].map((each) => each.look()))
    this.busy = false
    return said.ok ? said.value : null
  }

  close(): void {
    this.closed = true
    Breaches.open.delete(this)
    clearTimeout(this.timer)
  }
}
