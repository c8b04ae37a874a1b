import { SCREEN_SILENT_SECONDS } from '../../geo/wire/screen.ts'
import type { StaleReason } from '../../geo/wire/screen.ts'

/** A stretch of one screen in one state, as sql/functions/screens_heard.sql takes it. */
export interface Span {
  screen_id: string
  began_at: string
  ended_at: string
  stale: StaleReason | null
  scene: string
  version: string
  loaded: string
}

/** However a screen flickers, so many rows a writing: what comes beyond goes into the last, which then counts as stale. */
const MOST_A_SCREEN = 4
/** While nothing can be written the oldest stretches are let go first. */
const MOST_KEPT = 4_000

/** Joins words of screens into stretches; nothing of it is written here. */
export function createSpans() {
  const now = new Map<string, Span>()
  /** Ended or grown since the last `take`, by screen. */
  let open: Span[] = []

  const same = (span: Span, other: Omit<Span, 'began_at' | 'ended_at'>) =>
    span.stale === other.stale &&
    span.scene === other.scene &&
    span.version === other.version &&
    span.loaded === other.loaded

  function grow(span: Span, at: string): void {
    span.ended_at = at
    if (!open.includes(span)) open.push(span)
  }

  return {
    heard(
      word: { screen_id: string; scene: string; version: string; loaded: string },
      stale: StaleReason | null,
      at: Date,
    ): void {
      const { screen_id, scene, version, loaded } = word
      const told = { screen_id, stale, scene, version, loaded }
      const heard_at = at.toISOString()
      const last = now.get(screen_id)
      const goes_on = last && at.getTime() - Date.parse(last.ended_at) <= SCREEN_SILENT_SECONDS * 1000
      if (last && goes_on && same(last, told)) return grow(last, heard_at)
      if (last && goes_on && open.filter((span) => span.screen_id === screen_id).length >= MOST_A_SCREEN) {
        last.stale ??= stale
        return grow(last, heard_at)
      }
      // Without a gap the next stretch begins where this one ends.
      if (last && goes_on) grow(last, heard_at)
      const next = { ...told, began_at: heard_at, ended_at: heard_at }
      now.delete(screen_id)
      now.set(screen_id, next)
      open.push(next)
      if (now.size > MOST_KEPT) now.delete(now.keys().next().value as string)
    },
    /** What is to be written, as it stands now. */
    take(): Span[] {
      const taken = open.map((span) => ({ ...span }))
      open = []
      return taken
    },
    /** It could not be written: once more, before what came meanwhile. */
    putBack(spans: readonly Span[]): void {
      const newer = new Set(open.map(({ screen_id, began_at }) => `${screen_id} ${began_at}`))
      open = [...spans.filter((span) => !newer.has(`${span.screen_id} ${span.began_at}`)), ...open].slice(-MOST_KEPT)
    },
  }
}
