import { z } from 'zod'
import { role } from '../../geo/wire/primitives.ts'
import type { Role } from '../../geo/wire/primitives.ts'
import { ask } from './api.ts'

const RETRY_MS = 2000
/** A sign-in in another tab is noticed this soon. */
const WATCH_MS = 4000
const answer = z.object({
  role,
  anonymous: z.boolean(),
  login: z.string().nullable(),
  desk: z.string().nullish(),
  simulated: z.boolean(),
  city: z.string(),
  agency_id: z.string().nullish(),
  unit_id: z.string().nullish(),
  permissions: z.array(z.string()),
})

/** Who sits here and what the server lets them do. `waiting` until the server said so: not knowing is not "signed out". */
export class Session {
  state = $state<'waiting' | 'signed_in' | 'signed_out' | 'wrong_role'>('waiting')
  /** It ended while someone was at work: the desk stays, with all that was typed. */
  over = $state(false)
  role = $state<Role | null>(null)
  /** Of an account; null for links and tokens. */
  login = $state<string | null>(null)
  /** Whose name stands at the calls taken here: the login, else an actor of the log. */
  desk = $state('')
  simulated = $state(false)
  city = $state('')
  /** The OPD of a dispatcher. */
  agency_id = $state<string | null>(null)
  /** The unit of a responder. */
  unit_id = $state<string | null>(null)
  private granted = $state.raw<ReadonlySet<string>>(new Set())
  private timer: ReturnType<typeof setTimeout> | undefined

  /** `needs`: the permissions without which the page is of no use to somebody: all of `all`, one of `any`. */
  constructor(
    private readonly needs: { all: readonly string[] } | { any: readonly string[] } = {
      all: ['incident.read', 'incident.read_private'],
    },
  ) {
    void this.look()
  }

  may(permission: string): boolean {
    return this.granted.has(permission)
  }

  /** Looks again, after a restart of the server or a refusal. */
  async look(): Promise<void> {
    clearTimeout(this.timer)
    const said = await ask('GET', '/api/session', answer)
    if (!said.ok) {
      if (!said.away) this.refuse('signed_out')
      this.timer = setTimeout(() => void this.look(), said.away ? RETRY_MS : WATCH_MS)
      return
    }
    const granted = new Set(said.value.permissions)
    if (!this.enough(granted)) {
      this.refuse(said.value.anonymous ? 'signed_out' : 'wrong_role', said.value.role)
      this.timer = setTimeout(() => void this.look(), WATCH_MS)
      return
    }
    this.over = false
    this.state = 'signed_in'
    this.role = said.value.role
    this.login = said.value.login
    this.desk = said.value.desk ?? ''
    this.simulated = said.value.simulated
    this.city = said.value.city
    this.agency_id = said.value.agency_id ?? null
    this.unit_id = said.value.unit_id ?? null
    this.granted = granted
  }

  private enough(granted: ReadonlySet<string>): boolean {
    return 'all' in this.needs
      ? this.needs.all.every((permission) => granted.has(permission))
      : this.needs.any.some((permission) => granted.has(permission))
  }

  private refuse(why: 'signed_out' | 'wrong_role', role: Role | null = null): void {
    if (this.state === 'signed_in') this.over = true
    else {
      this.state = why
      this.role = role
    }
  }

  close(): void {
    clearTimeout(this.timer)
  }
}
