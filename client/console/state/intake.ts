import type { IncidentInput } from '../../../geo/wire/requests.ts'
import type { Pin } from './pin.ts'

/** The form of a new call. Texts as typed. */
export interface Fields {
  incident_type: string
  place_text: string
  pin: Pin | null
  caller_number: string
  number_hidden: boolean
  caller_name: string
  description: string
}

export const EMPTY_FIELDS: Readonly<Fields> = Object.freeze({
  incident_type: '',
  place_text: '',
  pin: null,
  caller_number: '',
  number_hidden: false,
  caller_name: '',
  description: '',
})

export type Intake = Partial<IncidentInput>

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/**
 * What is sent for a form. The time of the call comes from the call the server knows; a call it never heard of (an outage) carries its own
 * `started_at`, which the server flags when it is old.
 */
export function intakeOf(fields: Fields, call_id: string | null, started_at: number): Intake {
  const { pin } = fields
  return {
    incident_type: fields.incident_type,
    ...(pin?.settled
      ? { location: { type: 'Point', coordinates: [pin.lon, pin.lat] }, accuracy_m: Math.min(20_000, pin.accuracy_m) }
      : {}),
    address_text: orNull(fields.place_text),
    description: orNull(fields.description),
    caller_name: orNull(fields.caller_name),
    caller_number: fields.number_hidden ? null : orNull(fields.caller_number),
    number_hidden: fields.number_hidden,
    ...(call_id === null ? { received_at: new Date(started_at).toISOString() } : { call_id }),
  }
}

const CORRECTABLE = [
  'incident_type',
  'location',
  'accuracy_m',
  'address_text',
  'description',
  'caller_name',
  'caller_number',
  'number_hidden',
] as const

/** What was typed after the form was first sent, as a PATCH; empty when nothing was. */
export function corrections(sent: Intake, now: Intake): Intake {
  const changed = CORRECTABLE.filter(
    (field) => now[field] !== undefined && JSON.stringify(now[field]) !== JSON.stringify(sent[field]),
  )
  return Object.fromEntries(changed.map((field) => [field, now[field]]))
}
