import { z } from 'zod'
import { instant } from './primitives.ts'

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

/** Why the page that paints had begun: opened by somebody or at a start; by itself for a new version, a memory grown too far, or a picture that stood still. */
export const LOADED = ['opened', 'version', 'heap', 'stuck'] as const
export type Loaded = (typeof LOADED)[number]

/**
 * How a screen stands, the worst first: not heard at all; heard, but its picture stands still; says BASI; cannot sound an alarm it should;
 * paints another version than the server's; all is well.
 */
export const SCREEN_STATES = ['lost', 'frozen', 'stale', 'mute', 'outdated', 'ok'] as const
export type ScreenState = (typeof SCREEN_STATES)[number]

/** A word comes every 2 s: a screen not heard, or not painting, for longer than this stands out. */
export const SCREEN_SILENT_SECONDS = 10

/** A screen as /admin lists it. */
export const screenRow = z.object({
  screen_id: z.string(),
  name: z.string().nullable(),
  role: z.string().nullable(),
  state: z.enum(SCREEN_STATES),
  first_seen_at: instant.nullable(),
  /** Its last word, by the server's clock, and the last frame it painted, as it says. */
  heard_at: instant,
  painted_at: instant,
  painted_age_seconds: z.number(),
  stale: z.enum(STALE_REASONS).nullable(),
  loaded: z.enum(LOADED),
  version: z.string(),
  version_current: z.boolean(),
  seq: z.number().int(),
  heap_mb: z.number().nullable(),
  contexts: z.number().int(),
  dom_nodes: z.number().int().nullable(),
  scene: z.string(),
  sound: z.enum(SOUND_STATES),
})
export type ScreenRow = z.infer<typeof screenRow>

/** A stretch in which a screen was heard and either fresh or stale for one reason; whatever scene it showed. */
export const screenSpan = z.object({
  screen_id: z.string(),
  began_at: instant,
  ended_at: instant,
  stale: z.enum(STALE_REASONS).nullable(),
})
export type ScreenSpan = z.infer<typeof screenSpan>
