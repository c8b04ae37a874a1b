import type { IncidentInput } from '../../../geo/wire/requests.ts'
import type { IncidentCall } from '../../../geo/wire/calls.ts'
import { unnamed } from './pin.ts'
import type { DevicePin, Pin } from './pin.ts'

/** The form of a new call. Texts as typed. */
export interface Fields {
  incident_type: string
  place_text: string
  pin: Pin | null
  /** Where the caller's phone is: the second pin. */
  device: DevicePin | null
  /** The pin that the phone's position took the place of; null while it did not. */
  before_device: { pin: Pin | null } | null
  /** Incidents that this call is not about, as the operator said. */
  not_duplicate_of: string[]
  caller_number: string
  number_hidden: boolean
  caller_name: string
  description: string
}

export const EMPTY_FIELDS: Readonly<Fields> = Object.freeze({
  incident_type: '',
  place_text: '',
  pin: null,
  device: null,
  before_device: null,
  not_duplicate_of: [],
  caller_number: '',
  number_hidden: false,
  caller_name: '',
  description: '',
})

/** The form of a call that is known already: what its caller said, and where that was taken to be. */
export function formOf(call: Omit<IncidentCall, 'id'>): Fields {
  const [lon, lat] = call.location?.coordinates ?? [0, 0]
  const at = { lon, lat, accuracy_m: call.accuracy_m ?? 50, label: unnamed(lon, lat), inside_city: true }
  return {
    ...EMPTY_FIELDS,
    place_text: call.address_text ?? '',
    pin: call.location ? { ...at, source: 'map', settled: true } : null,
    caller_number: call.caller_number ?? '',
    number_hidden: call.number_hidden,
    caller_name: call.caller_name ?? '',
    description: call.description ?? '',
  }
}

export type Intake = Partial<IncidentInput>

export const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** The pin that was taken, with its circle; nothing without one. */
export function located({ pin }: Fields): Pick<IncidentInput, 'location' | 'accuracy_m'> {
  return pin?.settled
    ? { location: { type: 'Point', coordinates: [pin.lon, pin.lat] }, accuracy_m: Math.min(20_000, pin.accuracy_m) }
    : {}
}

/**
 * What is sent for a form. The time of the call comes from the call the server knows; a call it never heard of (an outage) carries its own
 * `started_at`, which the server flags when it is old.
 */
export function intakeOf(fields: Fields, call_id: string | null, started_at: number): Intake {
  const { pin, not_duplicate_of } = fields
  return {
    incident_type: fields.incident_type,
    ...located(fields),
    ...(pin?.settled ? { pin_source: pin.source } : {}),
    address_text: orNull(fields.place_text),
    description: orNull(fields.description),
    caller_name: orNull(fields.caller_name),
    caller_number: fields.number_hidden ? null : orNull(fields.caller_number),
    number_hidden: fields.number_hidden,
    ...(not_duplicate_of.length > 0 ? { not_duplicate_of: not_duplicate_of.slice(-MOST_TOLD_APART) } : {}),
    ...(call_id === null ? { received_at: new Date(started_at).toISOString() } : { call_id }),
  }
}

/** More the server does not take at once. */
const MOST_TOLD_APART = 10

const CORRECTABLE = [
  'incident_type',
  'location',
  'accuracy_m',
  'address_text',
  'description',
  'caller_name',
  'caller_number',
  'number_hidden',
  'not_duplicate_of',
] as const

/** What was typed after the form was first sent, as a PATCH; empty when nothing was. A moved pin tells who moved it. */
export function corrections(sent: Intake, now: Intake): Intake {
  const changed = CORRECTABLE.filter(
    (field) => now[field] !== undefined && JSON.stringify(now[field]) !== JSON.stringify(sent[field]),
  )
  const change: Intake = Object.fromEntries(changed.map((field) => [field, now[field]]))
  return change.location && now.pin_source ? { ...change, pin_source: now.pin_source } : change
}
