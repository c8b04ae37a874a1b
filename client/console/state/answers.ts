import { z } from 'zod'
import type { Recommendation } from '../../../geo/dispatch/types.ts'
import { callDetail, incidentCalls } from '../../../geo/wire/calls.ts'
import type { IncidentCalls } from '../../../geo/wire/calls.ts'
import { possibleDuplicate } from '../../../geo/wire/duplicates.ts'
import { incident, incidentPrivate } from '../../../geo/wire/incident.ts'
import { point, ROUTINGS, uuid } from '../../../geo/wire/primitives.ts'

const exclusionCode = z.enum([
  'already_assigned',
  'inactive',
  'off_duty',
  'out_of_service',
  'no_crew',
  'busy',
  'lacks_capability',
  'no_position',
  'unreachable',
])

const shortfall = z.object({
  missing: z.number(),
  reason: z.string(),
  lacking: z.array(z.object({ capability: z.string().nullable(), quantity: z.number(), min_crew: z.number() })),
  next: z.array(
    z.object({
      unit_id: uuid,
      callsign: z.string(),
      code: exclusionCode,
      available_in_seconds: z.number(),
      why: z.string(),
    }),
  ),
  neighbours: z.array(
    z.object({
      name: z.string(),
      regency: z.string(),
      phone: z.string().nullable(),
      distance_m: z.number(),
      eta_seconds: z.number(),
      by: z.enum(['road', 'straight']),
    }),
  ),
})

/** What the server answers to the console, where geo/wire has no schema of its own. */
export const recommendation: z.ZodType<Recommendation> = z.object({
  agency_kind: z.string(),
  needed: z.number(),
  assigned: z.number(),
  units: z.array(
    z.object({
      unit_id: uuid,
      callsign: z.string(),
      eta_seconds: z.number(),
      turnout_seconds: z.number(),
      distance_m: z.number(),
      position_age_seconds: z.number().nullable(),
      position_source: z.enum(['live', 'station']),
      routing: z.enum(ROUTINGS).optional(),
      suggested: z.boolean(),
      skills: z.array(z.string()),
      reasons: z.array(z.string()),
    }),
  ),
  shortfall: shortfall.nullable(),
  excluded: z.array(
    z.object({
      unit_id: uuid,
      callsign: z.string(),
      reason: z.string(),
      code: exclusionCode,
      eta_seconds: z.number().nullable(),
      turnout_seconds: z.number(),
      position_age_seconds: z.number().nullable(),
      position_source: z.enum(['live', 'station']).nullable(),
    }),
  ),
  agencies: z.array(
    z.object({
      agency_id: uuid,
      code: z.string(),
      name: z.string(),
      phone: z.string().nullable(),
      distance_m: z.number().nullable(),
      office: z
        .object({ name: z.string(), address: z.string().nullable(), eta_seconds: z.number().nullable() })
        .nullish(),
    }),
  ),
  ties: z.array(z.object({ unit_ids: z.array(uuid), within_seconds: z.number() })),
  notes: z.array(z.string()).optional(),
})

export const created = z.object({
  incident,
  possible_duplicates: z.array(possibleDuplicate),
  recommendations: z.array(recommendation),
})
export type Created = z.infer<typeof created>

/** One incident as its handlers get it: with the personal data and its calls, which are not there for others. */
export const caseAnswer = incident.extend(incidentPrivate.partial().shape).extend({
  ...incidentCalls.partial().shape,
})
export type CaseAnswer = z.infer<typeof caseAnswer>
export type MergedIncident = IncidentCalls['merged'][number]

const line = z.array(z.array(z.number()).min(2))
/** What is meant as a whole: a part of a street, a kelurahan. */
const placeArea = z.discriminatedUnion('type', [
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(line)) }),
])
export type PlaceArea = z.infer<typeof placeArea>

const feature = z.object({
  geometry: point,
  properties: z.object({
    geocoding: z.object({
      type: z.string(),
      name: z.string().nullable(),
      label: z.string(),
      district: z.string().nullish(),
      county: z.string().nullish(),
      accuracy: z.number(),
      score: z.number(),
    }),
    inside_city: z.boolean(),
    ask: z.string().nullish(),
    why: z.array(z.string()).optional(),
    area: placeArea.nullish(),
    alternative: point.nullish(),
    border_distance_m: z.number().nullish(),
  }),
})
/** `ask` beside an empty list says why it is empty. */
export const places = z.object({ features: z.array(feature), ask: z.string().nullish() })
export type Place = z.infer<typeof feature>

/** A call as far as the console wants to know: answers of several routes, some without what its caller said. */
export const call = callDetail.partial().extend({ id: uuid })
