import { z } from 'zod'
import {
  listedDevice,
  pairedDevice,
  type ListedDevice,
  type PairedDevice,
  type TrackerApp,
} from '../../../geo/wire/field.ts'
import { ask, faultsOf, reasonOf, type Answer } from '../../state/api.ts'
import { say } from '../text/say.ts'

const LOOK_MS = 10_000

/** The phones paired with one unit: listed while the page is open, made, let go. */
export class Devices {
  /** Null until read. */
  list = $state.raw<readonly ListedDevice[] | null>(null)
  made = $state.raw<PairedDevice | null>(null)
  busy = $state(false)
  fault = $state('')
  private closed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  constructor(private readonly unit_id: string) {
    void this.look()
  }

  async pair(app: TrackerApp, label: string): Promise<boolean> {
    const answer = await this.run(() => ask('POST', this.path, pairedDevice, { body: { app, label } }))
    if (!answer?.ok) return false
    this.made = answer.value
    await this.look()
    return true
  }

  async unpair(id: string): Promise<void> {
    await this.run(() => ask('DELETE', `${this.path}/${id}`, z.undefined()))
    if (this.made?.device.id === id) this.made = null
    await this.look()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }

  private get path(): string {
    return `/api/units/${this.unit_id}/devices`
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer)
    const answer = await ask('GET', this.path, z.array(listedDevice))
    if (this.closed) return
    if (answer.ok) this.list = answer.value
    this.timer = setTimeout(() => void this.look(), LOOK_MS)
  }

  private async run<T>(command: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    if (this.busy) return null
    this.busy = true
    const answer = await command()
    this.busy = false
    this.fault = answer.ok
      ? ''
      : answer.away
        ? say('pair_away')
        : (faultsOf(answer.problem).label ?? reasonOf(answer.problem))
    return answer
  }
}
