import { z } from 'zod'
import {
  ASSIGNMENT_STATUSES,
  CALL_KINDS,
  INCIDENT_STATUSES,
  instant,
  numberParameter,
  point,
  text,
  uuid,
} from './primitives.ts'

const MAX_ACCURACY_M = 20_000
// A PBX says what it knows of the caller (a number, a SIP address, "anonymous"): a call is never refused for its form.
const phone = text(64)
const accuracy = z.number().min(0).max(MAX_ACCURACY_M)

// Not strict: what else a PBX sends along must not cost a call.
export const callInput = z.object({
  /** Made by the client, so that registering a call again answers the same one. */
  id: uuid.nullish(),
  caller_number: phone.nullish(),
  number_hidden: z.boolean().default(false),
  line: text(64).nullish(),
  kind: z.enum(CALL_KINDS).nullish(),
  rang_at: instant.nullish(),
  answered_at: instant.nullish(),
  /** The login of whoever the PBX put it through to. */
  answered_by: text(64).nullish(),
  ended_at: instant.nullish(),
  /** Typed at a desk: it rings at no other, whoever posts it. */
  desk: z.boolean().default(false),
})

/** A desk takes a call. `at`: when the key was pressed, should the server have been away then. */
export const callAnswer = z.strictObject({
  at: instant.nullish(),
  /** Takes it over from this desk, as it was seen. */
  instead_of: text(80).nullish(),
})

/** A block ends by itself, after a week at most. */
const MAX_BLOCK_HOURS = 168
export const numberBlockInput = z.strictObject({ hours: z.number().int().min(1).max(MAX_BLOCK_HOURS) })

export const callPatch = z.strictObject({
  kind: z.enum(CALL_KINDS).nullish(),
  answered_at: instant.nullish(),
  /** The login of whoever the PBX put it through to; only a PBX says so. */
  answered_by: text(64).nullish(),
  ended_at: instant.nullish(),
  /** Attaches the call to an incident; null detaches it. */
  incident_id: uuid.nullish(),
  caller_name: text(120).nullish(),
  caller_number: phone.nullish(),
  number_hidden: z.boolean().optional(),
  address_text: text(500).nullish(),
  description: text(4_000).nullish(),
  /** Where this caller says it is; the incident's own place stays. */
  location: point.nullish(),
  accuracy_m: accuracy.nullish(),
})

/** Where a caller's phone says it is: AML, a link the caller shared, or another source. */
export const deviceLocationInput = z
  .strictObject({
    call_id: uuid.nullish(),
    caller_number: phone.nullish(),
    location: point,
    accuracy_m: accuracy,
    fix_at: instant.nullish(),
    source: z.enum(['aml', 'link', 'other']),
  })
  .refine((value) => value.call_id || value.caller_number?.trim(), {
    path: ['call_id'],
    message: 'sebutkan call_id atau caller_number',
  })

/** Where a pin comes from: a place of the list, the map, or the caller's device (which corrects no words). */
const pinSource = z.enum(['place', 'map', 'device'])
/** Incidents that an operator says this one is not: never proposed for it again. */
const notDuplicateOf = z.array(uuid).max(10)

export const incidentInput = z.strictObject({
  incident_type: text(64).min(1),
  location: point.nullish(),
  accuracy_m: accuracy.nullish(),
  address_text: text(500).nullish(),
  description: text(4_000).nullish(),
  caller_name: text(120).nullish(),
  caller_number: phone.nullish(),
  number_hidden: z.boolean().nullish(),
  call_id: uuid.nullish(),
  received_at: instant.nullish(),
  dispatched_at: instant.nullish(),
  resolved_at: instant.nullish(),
  pin_source: pinSource.nullish(),
  not_duplicate_of: notDuplicateOf.optional(),
})
export type IncidentInput = z.infer<typeof incidentInput>

// It stands on screens and in the log, where nothing can be erased: an agency, never somebody's number.
const hasNoNumber = (value: string) => !/\d(?:[\s().-]*\d){5}/.test(value)

export const incidentPatch = z
  .strictObject({
    status: z.enum(INCIDENT_STATUSES).optional(),
    duplicate_of: uuid.nullish(),
    handed_over_to: text(80).refine(hasNoNumber, 'sebutkan instansi, tanpa nomor telepon').optional(),
    incident_type: text(64).min(1).optional(),
    priority: z.number().int().min(1).max(4).optional(),
    number_hidden: z.boolean().optional(),
    location: point.optional(),
    accuracy_m: accuracy.optional(),
    address_text: text(500).nullish(),
    description: text(4_000).nullish(),
    caller_name: text(120).nullish(),
    caller_number: phone.nullish(),
    note: text(2_000).optional(),
    pin_source: pinSource.optional(),
    not_duplicate_of: notDuplicateOf.optional(),
  })
  // What would be left undone is refused, not passed over.
  .superRefine(({ status, duplicate_of, handed_over_to }, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    if (duplicate_of === null && status !== undefined)
      refuse('status', 'batalkan tanda ganda dahulu, tanpa status lain')
    if (duplicate_of && status !== 'duplicate') refuse('duplicate_of', 'hanya bersama status duplicate')
    if (handed_over_to !== undefined && status !== 'handed_over')
      refuse('handed_over_to', 'hanya bersama status handed_over')
  })

/** The word names the job, and what the unit is in line for, as they were seen: for another state of things it does not count. */
const busyWord = z.strictObject({
  unit_id: uuid,
  incident_id: uuid,
  queued_incident_id: uuid.nullish(),
  first_job: z.enum(['free', 'keep']),
})

export const assignmentInput = z
  .strictObject({
    unit_ids: z.array(uuid).max(50).default([]),
    agency_ids: z.array(uuid).max(20).default([]),
    /** A code of geo/dispatch/reasons.ts or free words; owed when not the first go (geo/dispatch/first.ts). */
    override_reason: text(500).nullish(),
    /** Free words beside a code. */
    override_words: text(500).nullish(),
    verified: z.boolean().optional(),
    /** What becomes of the job that a busy unit is on: it is freed of it, or keeps it and stands in line. */
    busy: z.array(busyWord).max(50).default([]),
  })
  .superRefine((value, context) => {
    const words = value.busy.map(({ unit_id }) => unit_id)
    for (const [i, id] of words.entries()) {
      const message = !value.unit_ids.includes(id)
        ? 'bukan salah satu unit_ids'
        : words.indexOf(id) < i
          ? 'unit ini disebut dua kali'
          : null
      if (message) context.addIssue({ code: 'custom', path: ['busy', i, 'unit_id'], message })
    }
    if (value.unit_ids.length + value.agency_ids.length === 0)
      context.addIssue({ code: 'custom', path: ['unit_ids'], message: 'pilih sedikitnya satu unit atau instansi' })
    for (const field of ['unit_ids', 'agency_ids'] as const) {
      if (new Set(value[field]).size !== value[field].length)
        context.addIssue({ code: 'custom', path: [field], message: 'ada yang disebut dua kali' })
    }
  })

/** An OPD sends more of its own, or others in place of those it was asked for. */
export const ownUnitsInput = z.strictObject({
  unit_ids: z
    .array(uuid)
    .min(1, 'pilih sedikitnya satu unit')
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, 'ada yang disebut dua kali'),
  /** Assignments of the same OPD on this case that are called back at once: a unit's, or the word to the OPD. */
  replaces: z
    .array(uuid)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, 'ada yang disebut dua kali')
    .default([]),
  /** As in assignmentInput. */
  override_reason: text(500).nullish(),
  override_words: text(500).nullish(),
})

/** Duty and crew of a unit as its OPD says they are. */
export const unitDutyInput = z
  .strictObject({
    duty: z.enum(['on', 'off', 'out_of_service']).optional(),
    crew: z.number().int().min(0, 'harus 0 sampai 40').max(40, 'harus 0 sampai 40').optional(),
  })
  .refine((value) => value.duty !== undefined || value.crew !== undefined, {
    path: ['duty'],
    message: 'sebutkan duty atau crew',
  })

export const assignmentStatusInput = z.strictObject({
  status: z.enum(ASSIGNMENT_STATUSES),
  at: instant.optional(),
  note: text(2_000).optional(),
})

export const positionInput = z.strictObject({
  unit_id: uuid.optional(),
  callsign: text(64).optional(),
  location: point,
  fix_at: instant.optional(),
  speed_kmh: z.number().min(0).max(400).nullish(),
  heading: z.number().min(0).max(360).nullish(),
  accuracy_m: z.number().min(0).max(1e7).nullish(),
})
export const positionsInput = z.array(positionInput).min(1).max(5_000)

export const duplicatesQuery = z.object({
  lon: numberParameter(-180, 180),
  lat: numberParameter(-90, 90),
  accuracy_m: numberParameter(0, MAX_ACCURACY_M).optional(),
  incident_type: text(64).min(1).optional(),
  at: instant.optional(),
})

/** `west,south,east,north` in degrees. */
export const bboxParameter = z.string().transform((value, context): [number, number, number, number] => {
  // Empty is not zero.
  const parts = value.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  const [west, south, east, north] = parts
  if (
    parts.length !== 4 ||
    parts.some((n) => !Number.isFinite(n)) ||
    west >= east ||
    south >= north ||
    west < -180 ||
    east > 180 ||
    south < -90 ||
    north > 90
  ) {
    context.addIssue({ code: 'custom', message: 'harus barat,selatan,timur,utara dalam derajat' })
    return z.NEVER
  }
  return [west, south, east, north]
})
