import type { Call } from '../../../geo/wire/calls.ts'

/** NENA's standard of answering: nine of ten within 15 s, the rest soon after 20 s. */
export const WAITS_LONG_S = 15
export const WAITS_TOO_LONG_S = 20
/** No phone rings longer: the PBX has forgotten to tell how it ended. */
const RINGS_AT_MOST_S = 300
/** A desk that took a call this long ago and says nothing of it may have gone home. */
const SILENT_DESK_S = 900

/**
 * Where a call stands that a PBX told of, as one desk sees it. `mine`: this desk took it and has no form of it; `ringing`; `connected`: answered
 * at a phone, nobody knows at which desk; `blocked`: rings quietly; `missed`: ended before anybody answered; `silent`: another desk took it
 * and has said nothing for long.
 */
export type PopState = 'mine' | 'ringing' | 'connected' | 'blocked' | 'missed' | 'silent'

/** In the order in which they are answered: what is loud first, and in each the oldest. */
const ORDER: readonly PopState[] = ['mine', 'ringing', 'connected', 'blocked', 'missed', 'silent']

export interface Pop {
  call: Call
  state: PopState
  /** Since it rang. */
  seconds: number
}

/** Null: another desk is at it. `now`: server time, epoch ms. */
export function popState(call: Call, desk: string, now: number): PopState | null {
  const seconds = (now - Date.parse(call.rang_at)) / 1000
  if (call.answered_by === desk) return 'mine'
  if (call.answered_by !== null) return seconds > SILENT_DESK_S ? 'silent' : null
  if (call.answered_at !== null) return 'connected'
  if (call.ended_at !== null || seconds > RINGS_AT_MOST_S) return 'missed'
  return call.blocked_until !== null && Date.parse(call.blocked_until) > now ? 'blocked' : 'ringing'
}

/** What stands at a desk, in the order of answering, but for calls whose form it has already. */
export function popsOf(calls: readonly Call[], desk: string, in_hand: ReadonlySet<string>, now: number): Pop[] {
  return calls
    .flatMap((call) => {
      const state = in_hand.has(call.id) ? null : popState(call, desk, now)
      const seconds = Math.max(0, Math.floor((now - Date.parse(call.rang_at)) / 1000))
      return state ? [{ call, state, seconds }] : []
    })
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || b.seconds - a.seconds)
}

/** What wants somebody now; the others may wait for a quiet moment. */
export const isLoud = ({ state }: Pop): boolean => state === 'mine' || state === 'ringing' || state === 'connected'

/** The one that the key answers. Whoever takes over from another desk does so by hand. */
export const nextOf = (pops: readonly Pop[]): Pop | null => pops.find(({ state }) => state !== 'silent') ?? null

export type Wait = 'calm' | 'long' | 'too_long'
export const waitOf = (seconds: number): Wait =>
  seconds >= WAITS_TOO_LONG_S ? 'too_long' : seconds >= WAITS_LONG_S ? 'long' : 'calm'

/** Whole seconds from ringing to answering; null while unanswered. */
export const answeredIn = ({ rang_at, answered_at }: Pick<Call, 'rang_at' | 'answered_at'>): number | null =>
  answered_at === null ? null : Math.max(0, Math.round((Date.parse(answered_at) - Date.parse(rang_at)) / 1000))
