import type { SceneDwell, SceneId } from '../../../geo/wire/screen_settings.ts'
import type { Urgent } from '../../state/urgency.ts'
import { alarmNames, AlarmWatch } from './alarm.ts'
import { choose, pause, startRotation, turn } from './rotation.ts'
import type { Alarms, Rotation } from './rotation.ts'

/** The live picture as far as it matters here; `now` is server time, epoch ms. */
interface Seen {
  list: readonly Urgent[]
  stale: boolean
  now: number
}

/** Decides with each second of the live picture which scene stands. The wall's one holder of {@link Rotation}. */
export class Director {
  state: Rotation = $state.raw(startRotation(performance.now()))
  alarms = $state.raw<Alarms>({ active: false, begun: false })
  private readonly watch = new AlarmWatch()

  /** `scene`: what stood before this page took over from an older one. */
  constructor(scene: SceneId = 'live') {
    this.state = { ...this.state, scene }
  }

  /** Once a second, and at each change of the picture. */
  look({ list, stale, now }: Seen, stops: readonly SceneDwell[]): void {
    const alarms = this.watch.look(alarmNames(list, now, stale))
    const next = turn(this.state, performance.now(), alarms, stops)
    if (alarms.active !== this.alarms.active) this.alarms = alarms
    if (next !== this.state) this.state = next
  }

  choose(scene: SceneId): void {
    this.state = choose(this.state, scene, performance.now(), this.alarms)
  }

  pause(): void {
    this.state = pause(this.state, performance.now())
  }

  /** Seconds that a hand still holds the scene; 0: nobody does. `_now` only says when to look again. */
  heldSeconds(_now: number): number {
    const until = this.state.held_until
    return until === null ? 0 : Math.max(0, Math.ceil((until - performance.now()) / 1000))
  }
}
