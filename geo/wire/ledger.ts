import { z } from 'zod'
import { instant, uuid } from './primitives.ts'

/** k of n with Wilson's 95 % interval; all null when n = 0. `few`: under n = 5, nothing to conclude from. */
export const ledgerShare = z.object({
  n: z.number().int(),
  k: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  few: z.boolean(),
})
export type LedgerShare = z.infer<typeof ledgerShare>

/**
 * Predicted ETA + turn-out against notified to on scene, in seconds; an error above 0 is later than predicted. n are those compared; beside it
 * what could not be: still open, ended without a reported arrival, waited in line for a first job, without an ETA.
 */
export const ledgerAccuracy = z.object({
  n: z.number().int(),
  open: z.number().int(),
  without_arrival: z.number().int(),
  queued: z.number().int(),
  unpriced: z.number().int(),
  median_error_seconds: z.number().nullable(),
  p90_error_seconds: z.number().nullable(),
  within_20_percent: z.number().int(),
  within_2_minutes: z.number().int(),
  few: z.boolean(),
})
export type LedgerAccuracy = z.infer<typeof ledgerAccuracy>

const priced = z.object({ unit_id: uuid, callsign: z.string(), seconds: z.number().nullable() })
export const ledgerRow = z.object({
  id: uuid,
  incident_id: uuid,
  number: z.string(),
  incident_type: z.string(),
  made_at: instant,
  actor: z.string(),
  /** `unknown`: made before outcomes were kept. */
  outcome: z.enum(['first', 'other', 'none', 'unknown']),
  reason_code: z.string().nullable(),
  /** Personal: null for who may not read personal data. */
  reason_words: z.string().nullable(),
  routing: z.string(),
  rule_version: z.string(),
  considered: z.number().int().nullable(),
  closures_in_force: z.number().int().nullable(),
  chosen: z.array(
    z.object({
      unit_id: uuid,
      callsign: z.string().nullish(),
      agency_kind: z.string().nullish(),
      eta_seconds: z.number().nullable(),
      turnout_seconds: z.number().nullable(),
      /** By road, as known at the choice. */
      distance_m: z.number().nullish(),
    }),
  ),
  verdicts: z.array(
    z.object({
      agency_kind: z.string(),
      outcome: z.enum(['first', 'other', 'none']),
      firsts: z.array(priced.extend({ sent: z.boolean() })),
      passed_over: z.array(z.object({ first: priced, sent: priced, lost_seconds: z.number().nullable() })),
    }),
  ),
})
export type LedgerRow = z.infer<typeof ledgerRow>

export const ledger = z.object({
  from: instant,
  to: instant,
  simulated: z.boolean(),
  /** `first`: of the decisions that had a first, those that sent it. `none` had no first, `unknown` were kept without it. */
  decisions: z.object({ n: z.number().int(), none: z.number().int(), unknown: z.number().int(), first: ledgerShare }),
  /** Of each unit sent in place of a first: how many seconds later it was expected, as known then. */
  nearest: z.object({
    n: z.number().int(),
    unpriced: z.number().int(),
    lost_seconds: z.number(),
    median_lost_seconds: z.number().nullable(),
    p90_lost_seconds: z.number().nullable(),
    few: z.boolean(),
  }),
  /** Of the decisions that did not send the first. */
  reasons: z.array(z.object({ code: z.string().nullable(), n: z.number().int() })),
  accuracy: ledgerAccuracy,
  agencies: z.array(
    z.object({
      agency_id: uuid,
      code: z.string(),
      name: z.string(),
      first: ledgerShare,
      accuracy: ledgerAccuracy.nullable(),
    }),
  ),
  units: z.array(
    z.object({
      unit_id: uuid,
      callsign: z.string(),
      agency_id: uuid,
      sent_first: z.number().int(),
      /** Times another went in its place, and times it went in another's. */
      passed_over: z.number().int(),
      instead: z.number().int(),
      accuracy: ledgerAccuracy.nullable(),
    }),
  ),
  rows: z.array(ledgerRow),
})
export type Ledger = z.infer<typeof ledger>
