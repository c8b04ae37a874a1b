import type { Created } from './answers.ts'
import type { Fields } from './intake.ts'
import { located, orNull } from './intake.ts'

/** What a call is to become: an incident of its own, one more call about a known one, or an incident of the neighbour's. */
export type Course =
  { kind: 'incident' } | { kind: 'attach'; incident_id: string; number: string } | { kind: 'hand_over'; to: string }

export const OWN_INCIDENT: Course = { kind: 'incident' }

/** What became of it, once all of it is acknowledged. */
export type Outcome =
  { kind: 'created'; created: Created } | { kind: 'attached'; incident_id: string; number: string; call_id: string }

/** What this caller said and where that was taken to be, as it is kept with the call. */
export const saidBy = (fields: Fields) => ({
  ...located(fields),
  address_text: orNull(fields.place_text),
  description: orNull(fields.description),
  caller_name: orNull(fields.caller_name),
  caller_number: fields.number_hidden ? null : orNull(fields.caller_number),
  number_hidden: fields.number_hidden,
})
