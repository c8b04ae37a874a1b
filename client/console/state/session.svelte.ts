import { z } from 'zod'
import { role } from '../../../geo/wire/primitives.ts'
import type { Role } from '../../../geo/wire/primitives.ts'
import { ask } from './api.ts'

const RETRY_MS = 2000
const answer = z.object({
  role,
  anonymous: z.boolean(),
  simulated: z.boolean(),
  city: z.string(),
  permissions: z.array(z.string()),
})

/** Who sits here and what the server lets them do. `waiting` until the server said so: not knowing is not "signed out". */
export class Session {
  state = $state<'waiting' | 'signed_in' | 'signed_out' | 'wrong_role'>('waiting')
  role = $state<Role | null>(null)
  simulated = $state(false)
  city = $state('')
  private granted = $state.raw<ReadonlySet<string>>(new Set())
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    void this.look()
  }

  may(permission: string): boolean {
    return this.granted.has(permission)
  }

  /** Looks again, after a restart of the server or a refusal. */
  async look(): Promise<void> {
    clearTimeout(this.timer)
    const said = await ask('GET', '/api/session', answer)
    if (!said.ok && said.away) {
      this.timer = setTimeout(() => void this.look(), RETRY_MS)
      return
    }
    if (!said.ok) {
      this.state = 'signed_out'
      return
    }
    this.role = said.value.role
    this.simulated = said.value.simulated
    this.city = said.value.city
    this.granted = new Set(said.value.permissions)
    const handles = this.may('incident.read') && this.may('incident.read_private')
    this.state = handles ? 'signed_in' : said.value.anonymous ? 'signed_out' : 'wrong_role'
  }

  close(): void {
    clearTimeout(this.timer)
  }
}
