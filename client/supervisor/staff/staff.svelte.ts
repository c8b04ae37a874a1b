import { staff as staffSchema, shiftPlan } from '../../../geo/wire/shift_plan.ts'
import type { Staff, StaffRecord } from '../../../geo/wire/shift_plan.ts'
import { ask } from '../../state/api.ts'
import { Command } from '../command.svelte.ts'
import { say } from '../text/say.ts'

/** Nobody answered: asked again this soon. */
const AGAIN_MS = 15_000

/** A record as the form holds it; empty: not said. */
export interface RecordDraft {
  kind: StaffRecord['kind']
  title: string
  obtained_on: string
  expires_on: string
}
export interface StaffDraft {
  code: string
  name: string
  active: boolean
  records: RecordDraft[]
}
const draftOf = ({ code, name, active, records }: Staff): StaffDraft => ({
  code,
  name: name ?? '',
  active,
  records: records.map((record) => ({
    ...record,
    obtained_on: record.obtained_on ?? '',
    expires_on: record.expires_on ?? '',
  })),
})

/** Those who carry out the service, and the one under the admin's hands. */
export class StaffList {
  /** null: not known yet. */
  list = $state.raw<readonly Staff[] | null>(null)
  away = $state(false)
  /** null: a new one, or none. */
  code = $state<string | null>(null)
  draft = $state<StaffDraft | null>(null)
  readonly command = new Command()
  private timer: ReturnType<typeof setTimeout> | undefined
  private closed = false

  constructor() {
    void this.look()
  }

  get here(): Staff | null {
    return this.list?.find(({ code }) => code === this.code) ?? null
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const said = await ask('GET', '/api/shift-plan', shiftPlan)
    if (this.closed) return
    this.away = !said.ok
    if (said.ok) this.list = said.value.staff
    else if (said.away) this.timer = setTimeout(() => void this.look(), AGAIN_MS)
  }
  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }

  pick(code: string): void {
    if (code === this.code) return
    this.reset()
    this.code = code
    this.draft = this.here && draftOf(this.here)
  }
  begin(): void {
    this.reset()
    this.draft = { code: '', name: '', active: true, records: [] }
  }
  reset(): void {
    this.code = this.draft = null
    this.command.clear()
  }
  addRecord(): void {
    this.draft?.records.push({ kind: 'bhd', title: '', obtained_on: '', expires_on: '' })
  }
  removeRecord(at: number): void {
    this.draft?.records.splice(at, 1)
  }

  async save(): Promise<boolean> {
    if (!this.draft) return false
    const { code, name, active, records } = this.draft
    if (this.code === null && this.list?.some((each) => each.code === code.trim().toLowerCase())) {
      this.pick(code.trim().toLowerCase())
      return true
    }
    const body = {
      name: name.trim() || null,
      active,
      records: records.map((record) => ({
        ...record,
        obtained_on: record.obtained_on || null,
        expires_on: record.expires_on || null,
      })),
    }
    const path = `/api/staff/${encodeURIComponent(code.trim())}`
    const said = await this.command.run(() => ask('PUT', path, staffSchema, { body }), ['code', 'name', 'records'])
    if (!said) return false
    await this.look()
    this.code = said.code
    this.draft = draftOf(said)
    this.command.done = say('staff_saved')
    return true
  }
  async erase(): Promise<void> {
    const said = await this.command.run(() => ask('DELETE', `/api/staff/${this.code}`, staffSchema))
    if (!said) return
    this.draft = draftOf(said)
    await this.look()
  }
}
