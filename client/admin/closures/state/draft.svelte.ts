import { closurePreview } from '../../../../geo/wire/closures.ts'
import type { Closure, ClosureDraw, ClosurePreview, ClosureShape } from '../../../../geo/wire/closures.ts'
import { ask, reasonOf } from '../../../state/api.ts'
import { say } from '../text/say.ts'
import { fromField, toField } from './wib_time.ts'

export type At = [number, number]
export const TOOLS = ['stretch', 'street', 'point', 'area'] as const
export type Tool = (typeof TOOLS)[number] | 'shape'
export type Effect = 'shut' | 'slow' | 'water'

const PAUSE_MS = 180
const AGAIN_MS = 2500
const HOUR_MS = 3_600_000
/** A begin of "now" lies this far back, so that a clock ahead of the server's does not make it a plan. */
const NOW_SLACK_MS = 2000
const MOST_POINTS: Record<Tool, number> = { stretch: 2, street: 0, point: 1, area: 200, shape: 0 }

/** A closure being drawn or changed: what is drawn, what it does to the roads so far, and what will be sent. */
export class Draft {
  tool = $state<Tool>('stretch')
  points = $state.raw<readonly At[]>([])
  street = $state.raw<{ name: string; near: At } | null>(null)
  reason = $state('')
  effect = $state<Effect>('shut')
  speed_percent = $state(50)
  depth_cm = $state(30)
  /** null: now, whenever it is saved. */
  starts = $state<string | null>(null)
  ends = $state('')
  preview = $state.raw<ClosurePreview | null>(null)
  state = $state<'empty' | 'asking' | 'done' | 'refused' | 'away'>('empty')
  why_not = $state('')
  private timer: ReturnType<typeof setTimeout> | undefined
  private turn = 0
  private readonly shape: ClosureShape | null

  constructor(
    now: number,
    /** What is changed; null: a new one. */
    readonly of: Closure | null = null,
  ) {
    this.shape = of?.geometry ?? null
    this.ends = toField(of ? Date.parse(of.ends_at) : now + 2 * HOUR_MS)
    if (!of) return
    this.starts = toField(Date.parse(of.starts_at))
    this.reason = of.reason
    this.effect = of.depth_cm !== null ? 'water' : of.speed_factor < 0.01 ? 'shut' : 'slow'
    if (of.depth_cm !== null) this.depth_cm = of.depth_cm
    if (of.speed_factor >= 0.01) this.speed_percent = Math.round(of.speed_factor * 100)
    const { geometry } = of
    if (geometry.type === 'Polygon' && geometry.coordinates.length === 1) {
      this.tool = 'area'
      this.points = geometry.coordinates[0].slice(0, -1)
    } else if (geometry.type === 'Point') {
      this.tool = 'point'
      this.points = [geometry.coordinates]
    } else this.tool = 'shape'
    this.look(0)
  }

  get has_shape(): boolean {
    return this.shape !== null
  }

  /** What is drawn, as the server is asked about it; null while it is not enough. */
  get draw(): ClosureDraw | null {
    const { points, street } = this
    switch (this.tool) {
      case 'shape':
        return this.shape && { by: 'shape', geometry: this.shape }
      case 'street':
        return street && { by: 'street', ...street }
      case 'point':
        return points.length > 0 ? { by: 'point', at: points[0] } : null
      case 'stretch':
        return points.length > 1 ? { by: 'stretch', from: points[0], to: points[1] } : null
      case 'area':
        return points.length > 2
          ? { by: 'shape', geometry: { type: 'Polygon', coordinates: [[...points, points[0]]] } }
          : null
    }
  }

  use(tool: Tool): void {
    this.tool = tool
    this.points = []
    this.street = null
    this.look()
  }

  /** A press on the map, or a place found by its name. */
  add(at: At): void {
    const most = MOST_POINTS[this.tool]
    if (most === 0) return
    this.points = this.points.length >= most && this.tool !== 'area' ? [at] : [...this.points, at]
    this.look()
  }

  move(index: number, at: At): void {
    this.points = this.points.map((point, i) => (i === index ? at : point))
    this.look()
  }

  takeBack(): void {
    this.points = this.points.slice(0, -1)
    this.look()
  }

  wholeStreet(name: string, near: At): void {
    this.tool = 'street'
    this.points = []
    this.street = { name, near }
    this.look()
  }

  private get slowing(): { speed_factor: number; depth_cm: number | null } {
    if (this.effect === 'water') return { speed_factor: 1, depth_cm: Math.round(this.depth_cm) }
    return { speed_factor: this.effect === 'shut' ? 0 : this.speed_percent / 100, depth_cm: null }
  }

  /** What will be sent; null while the shape or a time is missing. */
  body(now: number): object | null {
    const [starts, ends] = [this.starts === null ? now - NOW_SLACK_MS : fromField(this.starts), fromField(this.ends)]
    if (!this.preview || this.state !== 'done' || starts === null || ends === null) return null
    const area = this.preview.geometry.type === 'Polygon' || this.preview.geometry.type === 'MultiPolygon'
    return {
      kind: this.effect === 'water' ? 'rob' : area ? 'area' : 'road',
      reason: this.reason.trim(),
      geometry: this.preview.geometry,
      ...this.slowing,
      // A time that was not touched stays to the second.
      starts_at: this.of && this.starts === toField(Date.parse(this.of.starts_at)) ? this.of.starts_at : iso(starts),
      ends_at: this.of && this.ends === toField(Date.parse(this.of.ends_at)) ? this.of.ends_at : iso(ends),
      ...(this.of ? { revision: this.of.revision } : {}),
    }
  }

  /** Asks what it does to the roads, after a pause of the hand. */
  look(pause_ms = PAUSE_MS): void {
    clearTimeout(this.timer)
    const turn = ++this.turn
    if (!this.draw) {
      this.preview = null
      this.state = 'empty'
      return
    }
    this.state = 'asking'
    this.timer = setTimeout(() => void this.ask(turn), pause_ms)
  }

  close(): void {
    this.turn++
    clearTimeout(this.timer)
  }

  private async ask(turn: number): Promise<void> {
    const { draw } = this
    if (!draw) return
    const answer = await ask('POST', '/api/closures/preview', closurePreview, { body: { draw, ...this.slowing } })
    if (turn !== this.turn) return
    if (answer.ok) {
      this.preview = answer.value
      this.state = 'done'
    } else if (answer.away) {
      this.state = 'away'
      this.timer = setTimeout(() => void this.ask(turn), AGAIN_MS)
    } else {
      this.preview = null
      this.state = 'refused'
      this.why_not = answer.status === 401 ? say('session_over') : reasonOf(answer.problem)
    }
  }
}

const iso = (at: number) => new Date(at).toISOString()
