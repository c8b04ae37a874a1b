import { z } from 'zod'
import { finding, reviewMonth, reviewShare } from '../../../geo/wire/review.ts'
import type { Finding, Review, ReviewMonth } from '../../../geo/wire/review.ts'
import { ask } from '../../state/api.ts'
import { Command } from '../command.svelte.ts'

/** Nobody answered: asked again this soon. */
const AGAIN_MS = 15_000

export interface FindingDraft {
  /** null: a new one. */
  id: string | null
  revision: number
  category: Finding['category']
  severity: Finding['severity']
  words: string
  follow_up: string
  due_on: string
}

/** The cases of a month that are looked at, and the one under the Kabid's hands. */
export class Reviews {
  month = $state('')
  /** null: not known yet. */
  data = $state.raw<ReviewMonth | null>(null)
  away = $state(false)
  id = $state<string | null>(null)
  draft = $state<FindingDraft | null>(null)
  readonly command = new Command()
  private timer: ReturnType<typeof setTimeout> | undefined
  private closed = false

  /** `draws`: whether this user may draw; the draw is the same whoever does it. */
  constructor(
    month: string,
    private readonly draws: boolean,
  ) {
    this.month = month
    void this.look()
  }

  get here(): Review | null {
    return this.data?.reviews.find(({ id }) => id === this.id) ?? null
  }

  show(month: string): void {
    this.month = month
    this.data = null
    this.id = this.draft = null
    this.command.clear()
    void this.look()
  }
  pick(id: string | null): void {
    this.id = id
    this.draft = null
    this.command.clear()
  }

  async look(): Promise<void> {
    clearTimeout(this.timer)
    const { month } = this
    const said = this.draws
      ? await ask('POST', '/api/reviews/draw', reviewMonth, { body: { month } })
      : await ask('GET', `/api/reviews?month=${month}`, reviewMonth)
    if (month !== this.month || this.closed) return
    this.away = !said.ok
    if (said.ok) this.data = said.value
    else if (said.away) this.timer = setTimeout(() => void this.look(), AGAIN_MS)
  }
  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }

  begin(of: Finding | null): void {
    this.command.clear()
    this.draft = {
      id: of?.id ?? null,
      revision: of?.revision ?? 0,
      category: of?.category ?? 'time',
      severity: of?.severity ?? 'note',
      words: of?.words ?? '',
      follow_up: of?.follow_up ?? '',
      due_on: of?.due_on ?? '',
    }
  }
  async save(): Promise<boolean> {
    if (!this.draft || !this.id) return false
    const { id, revision, category, severity, words, follow_up, due_on } = this.draft
    const body = { category, severity, words, follow_up: follow_up.trim() || null, due_on: due_on || null }
    const review = this.id
    const said = await this.command.run(
      () =>
        id === null
          ? ask('POST', `/api/reviews/${review}/findings`, finding, { body })
          : ask('PATCH', `/api/findings/${id}`, finding, { body: { ...body, revision } }),
      ['words', 'follow_up', 'due_on'],
    )
    if (said) this.draft = null
    await this.look()
    return said !== null
  }
  async followed({ id, revision, done_at }: Finding): Promise<void> {
    const body = { done: done_at === null, revision }
    await this.command.run(() => ask('PATCH', `/api/findings/${id}`, finding, { body }))
    await this.look()
  }
  async finish(): Promise<void> {
    const { here } = this
    if (!here) return
    const body = { status: here.status === 'done' ? 'open' : 'done' }
    await this.command.run(() => ask('PATCH', `/api/reviews/${here.id}`, z.object({ id: z.string() }), { body }))
    await this.look()
  }
  async setShare(percent: number): Promise<void> {
    await this.command.run(() => ask('PUT', '/api/review-share', reviewShare, { body: { share: percent / 100 } }))
    await this.look()
  }
}
