import { z } from 'zod'
import { PHOTO_BYTES, PHOTO_MOST, reportPhoto, type ReportPhoto } from '../../../geo/wire/photo.ts'
import { ask, reasonOf } from '../../state/api.ts'
import { say } from '../text/say.ts'
import { shrink } from './shrink.ts'
import { upload, type Sent } from './upload.ts'

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 30_000

/** A photo that was chosen and that the server does not have yet. `refused`: it never will; `why` says so in words. */
export interface Chosen {
  key: number
  /** Address of what is sent, for the small picture; empty until it is drawn. */
  preview: string
  state: 'preparing' | 'waiting' | 'sending' | 'away' | 'refused'
  /** Of its bytes that have left, 0 to 1. */
  share: number
  why: string
}

export interface Sender {
  shrink(file: Blob): Promise<Blob | null>
  upload(path: string, photo: Blob, progress: (share: number) => void): Promise<Sent>
}

/**
 * The photos of one OPD's report on one case: those the server has, and those on their way. One is sent at a time; what finds no server waits
 * and is sent again by itself, whatever else the page shows meanwhile. It lives as long as the page.
 */
export class PhotoTray {
  /** Null until read. */
  kept = $state.raw<readonly ReportPhoto[] | null>(null)
  chosen = $state.raw<readonly Chosen[]>([])
  /** Why the last removal, or the last choice, was not taken. */
  notice = $state('')
  private readonly blobs = new Map<number, Blob>()
  private next = 0
  private sending = false
  private wait_ms = FIRST_WAIT_MS
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly incident_id: string,
    private readonly agency_id: string,
    private readonly sender: Sender = { shrink, upload },
  ) {}

  get path(): string {
    return `/api/incidents/${this.incident_id}/report/photos`
  }
  get room(): number {
    return PHOTO_MOST - (this.kept?.length ?? 0) - this.chosen.filter(({ state }) => state !== 'refused').length
  }
  /** Chosen and neither at the server nor refused. */
  get owed(): number {
    return this.chosen.filter(({ state }) => state !== 'refused').length
  }

  async read(): Promise<void> {
    const answer = await ask('GET', this.path, z.array(reportPhoto))
    if (answer.ok) this.kept = answer.value.filter(({ agency_id }) => agency_id === this.agency_id)
  }

  async add(files: readonly Blob[]): Promise<void> {
    const taken = files.slice(0, Math.max(0, this.room))
    this.notice = taken.length < files.length ? say('photo_full', { n: PHOTO_MOST }) : ''
    const fresh = taken.map((file) => ({ file, key: this.next++ }))
    this.chosen = [
      ...this.chosen,
      ...fresh.map(({ key }): Chosen => ({ key, preview: '', state: 'preparing', share: 0, why: '' })),
    ]
    for (const { file, key } of fresh) {
      const photo = await this.sender.shrink(file)
      if (!photo) this.set(key, { state: 'refused', why: say('photo_unreadable') })
      else if (photo.size > PHOTO_BYTES) this.set(key, { state: 'refused', why: say('photo_heavy') })
      else if (this.chosen.some((each) => each.key === key)) {
        this.blobs.set(key, photo)
        this.set(key, { state: 'waiting', preview: URL.createObjectURL(photo) })
        // While nobody answers, the next try has its time.
        if (this.timer === undefined) void this.send()
      }
    }
  }

  /** Lets go of one that was chosen; one that is just leaving is taken out of the report once it is there. */
  drop(key: number): void {
    const one = this.chosen.find((each) => each.key === key)
    if (one?.preview) URL.revokeObjectURL(one.preview)
    this.blobs.delete(key)
    this.chosen = this.chosen.filter((each) => each.key !== key)
  }

  async remove(id: string): Promise<void> {
    this.notice = ''
    const answer = await ask('DELETE', `${this.path}/${id}`, z.undefined())
    if (!answer.ok) this.notice = answer.away ? say('photo_away') : say('refused', { reason: reasonOf(answer.problem) })
    await this.read()
  }

  /** Sends what waits, now. */
  async send(): Promise<void> {
    if (this.sending) return
    clearTimeout(this.timer)
    this.timer = undefined
    this.sending = true
    for (let one = this.waiting(); one; one = this.waiting()) if (!(await this.sendOne(one))) break
    this.sending = false
  }

  private waiting = () => this.chosen.find(({ state }) => state === 'waiting' || state === 'away')

  /** False when there is no use in going on now. */
  private async sendOne({ key }: Chosen): Promise<boolean> {
    const photo = this.blobs.get(key)
    if (!photo) return true
    this.set(key, { state: 'sending', share: 0, why: '' })
    const answer = await this.sender.upload(`${this.path}?agency_id=${this.agency_id}`, photo, (share) =>
      this.set(key, { share }),
    )
    if (answer.ok) {
      const dropped = !this.chosen.some((each) => each.key === key)
      this.wait_ms = FIRST_WAIT_MS
      if (dropped) await this.remove(answer.photo.id)
      else {
        this.kept = [...(this.kept ?? []).filter(({ id }) => id !== answer.photo.id), answer.photo]
        this.drop(key)
      }
      return true
    }
    if (answer.away || answer.status === 401) {
      const again_ms = answer.away && answer.retry_after !== null ? answer.retry_after * 1000 : this.wait_ms
      this.wait_ms = Math.min(LONGEST_WAIT_MS, this.wait_ms * 2)
      this.set(key, { state: 'away', why: answer.away ? '' : say('session_over') })
      this.timer = setTimeout(() => void this.send(), again_ms)
      return false
    }
    this.set(key, { state: 'refused', why: reasonOf(answer.problem) })
    return true
  }

  private set(key: number, change: Partial<Chosen>): void {
    this.chosen = this.chosen.map((each) => (each.key === key ? { ...each, ...change } : each))
  }
}

const trays = new Map<string, PhotoTray>()

/** The tray of a report: the same while the page lives, whichever case lies on the desk. */
export function trayOf(incident_id: string, agency_id: string): PhotoTray {
  const key = `${incident_id} ${agency_id}`
  const known = trays.get(key)
  if (known) return known
  // Empty ones are forgotten: a shift sees hundreds of cases.
  for (const [other, { owed }] of trays) if (owed === 0) trays.delete(other)
  const tray = new PhotoTray(incident_id, agency_id)
  trays.set(key, tray)
  return tray
}
export const photosOwed = (): number => [...trays.values()].reduce((sum, { owed }) => sum + owed, 0)
export const sendPhotos = (): void => trays.forEach((tray) => void tray.send())
