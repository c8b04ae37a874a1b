import { z } from 'zod'
import { closureRoads, type ClosureRoads } from '../../geo/wire/closures.ts'
import { ask } from './api.ts'
import type { Live } from './live.svelte.ts'

const AGAIN_MS = 3000

/**
 * The stretches of road that closures close, by closure: the server has the roads. Asked for anew when closures or the map change; until
 * it answered, shapes are drawn without them.
 */
export class ClosedRoads {
  of = $state.raw<ReadonlyMap<string, ClosureRoads>>(new Map())
  private wanted = ''
  private held = ''
  private asking = false
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly stop: () => void

  constructor(private readonly live: Live) {
    this.stop = live.onflush((changes) => {
      if (changes.closures || changes.map || changes.masterdata) this.look()
    })
    this.look()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.stop()
  }

  private look(): void {
    const { closures, map_hash } = this.live.picture
    this.wanted = [map_hash, ...closures.map(({ id, revision }) => `${id} ${revision}`)].join()
    if (closures.length === 0) {
      this.held = this.wanted
      if (this.of.size > 0) this.of = new Map()
    } else if (this.wanted !== this.held) void this.ask()
  }

  private async ask(): Promise<void> {
    if (this.asking) return
    clearTimeout(this.timer)
    this.asking = true
    const { wanted } = this
    const answer = await ask('GET', '/api/closures/roads', z.array(closureRoads))
    this.asking = false
    if (this.closed) return
    if (answer.ok) {
      this.held = wanted
      this.of = new Map(answer.value.map((one) => [one.id, one]))
    }
    if (this.wanted !== this.held) this.timer = setTimeout(() => void this.ask(), answer.ok ? 0 : AGAIN_MS)
  }
}
