import { z } from 'zod'
import { screenRow, screenSpan, type ScreenRow, type ScreenSpan } from '../../../geo/wire/screen.ts'
import { ask, reasonOf } from '../../state/api.ts'
import { say } from './text/say.ts'

const AGAIN_MS = 3000
const SPANS_EVERY_MS = 30_000
const NOTHING = z.undefined()

/** The walls as they tell of themselves, looked at again by itself, and the one under the admin's hands. */
export class ScreenList {
  /** null: not known yet, which is not the same as none. */
  list = $state.raw<readonly ScreenRow[] | null>(null)
  spans = $state.raw<ReadonlyMap<string, readonly ScreenSpan[]>>(new Map())
  away = $state(false)
  id = $state<string | null>(null)
  name = $state('')
  /** Forgetting was pressed once. */
  sure = $state(false)
  busy = $state(false)
  done = $state('')
  notice = $state('')
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private spans_at = -Infinity

  constructor() {
    void this.look()
  }

  get here(): ScreenRow | null {
    return this.list?.find((each) => each.screen_id === this.id) ?? null
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const with_spans = performance.now() - this.spans_at > SPANS_EVERY_MS
    const [list, spans] = await Promise.all([
      ask('GET', '/api/screens', z.array(screenRow)),
      with_spans ? ask('GET', '/api/screens/spans', z.array(screenSpan)) : null,
    ])
    if (this.closed) return
    this.away = !list.ok
    if (list.ok) this.list = list.value
    if (spans?.ok) {
      const by_screen = new Map<string, ScreenSpan[]>()
      for (const span of spans.value) by_screen.set(span.screen_id, [...(by_screen.get(span.screen_id) ?? []), span])
      this.spans = by_screen
      this.spans_at = performance.now()
    }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.look(), AGAIN_MS)
  }

  pick(id: string | null): void {
    if (id === this.id) return
    this.id = id
    this.name = this.here?.name ?? ''
    this.sure = false
    this.done = this.notice = ''
  }

  async rename(): Promise<void> {
    await this.act('PATCH', { name: this.name.trim() || null }, say('renamed'))
  }

  /** Asks once more first: the name and the settings go with it. */
  async forget(): Promise<void> {
    if (!this.sure) return void (this.sure = true)
    if (await this.act('DELETE', undefined, say('forgotten'))) this.id = null
  }

  private async act(method: 'PATCH' | 'DELETE', body: object | undefined, done: string): Promise<boolean> {
    if (this.busy || this.id === null) return false
    this.busy = true
    this.done = this.notice = ''
    const said = await ask(method, `/api/screens/${encodeURIComponent(this.id)}`, NOTHING, { body })
    if (said.ok) this.done = done
    else this.notice = said.away ? say('no_answer') : reasonOf(said.problem)
    this.sure = false
    await this.look()
    this.busy = false
    return said.ok
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }
}
