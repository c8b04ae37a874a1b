import { z } from 'zod'
import { account, issuedLink } from '../../../geo/wire/accounts.ts'
import type { Account } from '../../../geo/wire/accounts.ts'
import { agency, unit } from '../../../geo/wire/masterdata.ts'
import { ask, faultsOf, reasonOf } from '../../state/api.ts'
import type { Answer } from '../../state/api.ts'
import { wibHourMinute } from '../../text/time.ts'
import { say } from './text/say.ts'

const AGAIN_MS = 10_000
const choices = { agencies: z.array(agency), units: z.array(unit) }

/** What the form holds; empty: not chosen. */
export interface AccountDraft {
  login: string
  role: Account['role']
  agency_id: string
  unit_id: string
}
const BLANK: AccountDraft = { login: '', role: 'operator', agency_id: '', unit_id: '' }

/** The accounts, what they may be bound to, and the one under the admin's hands. */
export class Accounts {
  /** null: not known yet, which is not the same as none. */
  list = $state.raw<readonly Account[] | null>(null)
  agencies = $state.raw<z.infer<typeof choices.agencies>>([])
  units = $state.raw<z.infer<typeof choices.units>>([])
  away = $state(false)
  busy = $state(false)
  done = $state('')
  notice = $state('')
  faults = $state.raw<Record<string, string>>({})
  /** The picked account; null while a new one is made or none is picked. */
  id = $state<string | null>(null)
  draft = $state<AccountDraft | null>(null)
  /** Shown until something else is picked: nobody can have it told again. */
  link = $state.raw<{ url: string; words: string } | null>(null)
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    void this.look()
    void this.lookAround()
  }

  get here(): Account | null {
    return this.list?.find((each) => each.id === this.id) ?? null
  }
  get changed(): boolean {
    return this.here !== null && JSON.stringify(this.draft) !== JSON.stringify(draftOf(this.here))
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const said = await ask('GET', '/api/accounts', z.array(account))
    if (this.closed) return
    this.away = !said.ok
    if (said.ok) this.list = said.value
    this.timer = setTimeout(() => void this.look(), AGAIN_MS)
  }

  private async lookAround(): Promise<void> {
    const [agencies, units] = await Promise.all([
      ask('GET', '/api/agencies', choices.agencies),
      ask('GET', '/api/units', choices.units),
    ])
    if (agencies.ok) this.agencies = agencies.value
    if (units.ok) this.units = units.value
    if (!this.closed && !(agencies.ok && units.ok)) setTimeout(() => void this.lookAround(), AGAIN_MS)
  }

  pick(id: string): void {
    if (id === this.id) return
    this.reset()
    this.id = id
    this.draft = this.here && draftOf(this.here)
  }
  begin(): void {
    this.reset()
    this.draft = { ...BLANK }
  }
  reset(): void {
    this.id = this.draft = this.link = null
    this.done = this.notice = ''
    this.faults = {}
  }

  async save(): Promise<boolean> {
    if (!this.draft) return false
    const { login, role, agency_id, unit_id } = this.draft
    const bound = {
      role,
      agency_id: role === 'dispatcher' ? agency_id || null : undefined,
      unit_id: role === 'responder' ? unit_id || null : undefined,
    }
    const { id } = this
    const made = id === null
    const said = await this.run(() =>
      made
        ? ask('POST', '/api/accounts', account, { body: { login, ...bound } })
        : ask('PATCH', `/api/accounts/${this.id}`, account, { body: bound }),
    )
    if (!said) return false
    // Another was picked meanwhile: that one stays.
    if (this.id !== id) return true
    this.id = said.id
    this.draft = draftOf(said)
    this.done = say(made ? 'made' : 'saved', { login: said.login })
    return true
  }

  async setActive(active: boolean): Promise<void> {
    const said = await this.run(() => ask('PATCH', `/api/accounts/${this.id}`, account, { body: { active } }))
    if (said) this.done = say('saved', { login: said.login })
  }
  async endSessions(): Promise<void> {
    const { login = '' } = this.here ?? {}
    if (
      await this.run(() =>
        ask(
          'DELETE',
          `/api/accounts/${this.id}/sessions`,
          z.undefined().transform(() => true),
        ),
      )
    )
      this.done = say('ended', { login })
  }
  async makeLink(): Promise<void> {
    const { login = '' } = this.here ?? {}
    const said = await this.run(() => ask('POST', `/api/accounts/${this.id}/link`, issuedLink))
    if (!said) return
    const at = wibHourMinute(Date.parse(said.expires_at), Date.now())
    this.link = { url: location.origin + said.path, words: say('link_ready', { login, at }) }
  }

  private async run<T>(work: () => Promise<Answer<T>>): Promise<T | null> {
    if (this.busy) return null
    this.busy = true
    this.done = this.notice = ''
    this.faults = {}
    this.link = null
    const said = await work()
    if (!said.ok && !said.away) {
      const faults = faultsOf(said.problem)
      this.faults = Object.fromEntries(Object.entries(faults).filter(([name]) => this.draft && name in this.draft))
      if (Object.keys(this.faults).length === 0) this.notice = reasonOf(said.problem)
    } else if (!said.ok) this.notice = say('no_answer')
    await this.look()
    this.busy = false
    return said.ok ? said.value : null
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }
}

const draftOf = ({ login, role, agency_id, unit_id }: Account): AccountDraft => ({
  login,
  role,
  agency_id: role === 'dispatcher' ? (agency_id ?? '') : '',
  unit_id: unit_id ?? '',
})
