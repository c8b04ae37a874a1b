import { z } from 'zod'
import {
  healthPart,
  healthReport,
  READY_PARTS,
  type HealthPartRow,
  type HealthReport,
} from '../../../geo/wire/health.ts'
import { ask } from '../../state/api.ts'

const AGAIN_MS = 3_000
/** A database that hangs holds the report up; the probe answers within two seconds whatever happens. */
const PATIENCE_MS = 4_000

/** `/health/ready` as far as this page reads it: what there is when nobody can be let in, because the database is away. */
const readiness = z.object({
  components: z.array(healthPart.omit({ since: true, or_earlier: true, age_seconds: true })),
})

/** How the service stands, looked at again by itself. Whatever fails, something is told. */
export class Health {
  /** The last whole report; null: none yet. */
  report = $state.raw<HealthReport | null>(null)
  /** What to show now: of the report, or of the probe while the report cannot be had. */
  parts = $state.raw<readonly HealthPartRow[]>([])
  /** `whole`; `probe`: only what anybody may ask; `none`: the server does not answer. */
  source = $state<'whole' | 'probe' | 'none' | null>(null)
  /** By this machine's clock, epoch ms. */
  looked_at = $state(0)
  now = $state(Date.now())
  private silent_since: string | null = null
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly ticking = setInterval(() => (this.now = Date.now()), 1_000)

  constructor() {
    void this.look()
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const answer = await ask('GET', '/api/health', healthReport, { patience_ms: PATIENCE_MS })
    if (this.closed) return
    if (answer.ok) {
      this.report = answer.value
      this.parts = answer.value.parts
      this.source = 'whole'
      this.silent_since = null
    } else {
      await this.lookAtProbe()
    }
    if (this.closed) return
    this.looked_at = this.now = Date.now()
    this.timer = setTimeout(() => void this.look(), AGAIN_MS)
  }

  /** It answers 503 with the same body when something is down, which is just when it is wanted. */
  private async lookAtProbe(): Promise<void> {
    const since = (this.silent_since ??= new Date().toISOString())
    const found = await fetch('/health/ready')
      .then((response) => response.json())
      .then((body: unknown) => readiness.safeParse(body).data ?? null)
      .catch(() => null)
    const before = new Map(this.parts.map((part) => [part.id, part]))
    this.parts = (found?.components ?? []).map((part) => {
      const held = before.get(part.id)
      const { since: from, or_earlier } = held?.state === part.state ? held : { since, or_earlier: held === undefined }
      return { ...part, age_seconds: null, since: from, or_earlier }
    })
    this.source = this.parts.length >= READY_PARTS.length ? 'probe' : 'none'
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    clearInterval(this.ticking)
  }
}
