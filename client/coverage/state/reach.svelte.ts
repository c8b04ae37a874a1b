import type { Coverage } from '../../../geo/wire/coverage.ts'
import { reasonOf } from '../../state/api.ts'
import { say } from '../text/say.ts'
import { askCoverage } from './calls.ts'
import { fragmentOf, type Choice } from './choice.ts'

/** Units move, and so does what they reach; posts stay, but roads close and traffic changes. */
const AGAIN_MS = { units: 20_000, posts: 120_000 }
const AFTER_FAULT_MS = 5_000
/** Fewer than this share of the people beyond the largest limit are no gap to look at: then the next smaller one is. */
const NO_GAP = 0.005

/** What the chosen kind reaches, asked again now and then. What was shown stays until there is something newer. */
export class Reach {
  data = $state.raw<Coverage | null>(null)
  /** Of `data`, so that nothing is shown under another kind's name. */
  shown = $state('')
  fault = $state('')
  busy = $state(false)
  /** Position of the limit looked at; null: the one that tells most. */
  private picked = $state<number | null>(null)
  private choice: Choice | null = null
  private running: AbortController | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  /** Position in `minutes` of the limit that headline, gaps and list speak of. */
  get limit(): number {
    const { data } = this
    if (!data) return 0
    const last = data.minutes.length - 1
    if (this.picked !== null && this.picked <= last) return this.picked
    const telling = data.reach.findLastIndex(({ people_share }) => people_share !== null && people_share < 1 - NO_GAP)
    return telling < 0 ? last : telling
  }
  pick(limit: number): void {
    this.picked = limit
  }

  look(choice: Choice): void {
    if (this.choice && fragmentOf(choice) !== fragmentOf(this.choice)) this.picked = null
    this.choice = choice
    void this.ask()
  }

  async ask(): Promise<void> {
    const { choice } = this
    if (!choice) return
    this.running?.abort()
    clearTimeout(this.timer)
    const running = (this.running = new AbortController())
    this.busy = true
    const said = await askCoverage(choice, running.signal).catch(() => null)
    if (said === null || running !== this.running) return
    this.busy = false
    if (said.ok) {
      this.data = said.value
      this.shown = fragmentOf(choice)
      this.fault = ''
    } else this.fault = said.away ? say('away') : reasonOf(said.problem)
    this.timer = setTimeout(() => void this.ask(), said.ok ? AGAIN_MS[choice.from] : AFTER_FAULT_MS)
  }

  close(): void {
    clearTimeout(this.timer)
    this.running?.abort()
    this.running = null
  }
}
