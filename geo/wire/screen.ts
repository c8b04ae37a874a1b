/** Why a picture is stale (client/live/staleness.ts decides), the gravest first. */
export const STALE_REASONS = [
  'invalid',
  'socket',
  'refused',
  'silent',
  'database',
  'delayed',
  'behind',
  'renderer',
] as const
export type StaleReason = (typeof STALE_REASONS)[number]

/** `ready`: it was tried and heard; `blocked`: the browser wants a hand first; `failed`: no sound came; `off`: turned off, or not known. */
export const SOUND_STATES = ['ready', 'blocked', 'failed', 'off'] as const
export type SoundState = (typeof SOUND_STATES)[number]
