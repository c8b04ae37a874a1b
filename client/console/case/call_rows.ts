import type { IncidentCall } from '../../../geo/wire/calls.ts'
import type { Incident, IncidentPrivate } from '../../../geo/wire/incident.ts'

/** One report of an incident, as its page lists them. */
export interface CallRow {
  call: Omit<IncidentCall, 'id'>
  /** Null: recorded without a call that the server knows of. */
  id: string | null
  /** The one the incident was made from: its place is the incident's own. */
  first: boolean
}

/**
 * The reports of an incident, first to last. The words of the one it was made from are the incident's own where the call holds none, and it is
 * listed though no call may tell of it (recorded through an outage, or by another system).
 */
export function callRows(
  incident: Incident,
  calls: readonly IncidentCall[],
  personal: Partial<IncidentPrivate> | null,
): CallRow[] {
  const received = Date.parse(incident.received_at)
  const origin = calls.find(({ rang_at }) => Date.parse(rang_at) === received)
  const own = {
    caller_name: personal?.caller_name ?? null,
    caller_number: personal?.caller_number ?? null,
    address_text: personal?.address_text ?? null,
    description: personal?.description ?? null,
  }
  const rows = calls.map((call): CallRow => {
    const silent = call === origin && !call.address_text && !call.description
    return { call: silent ? { ...call, ...own } : call, id: call.id, first: call === origin }
  })
  if (origin) return rows
  const nowhere = { location: null, accuracy_m: null }
  const no_device = { device_location: null, device_accuracy_m: null, device_located_at: null }
  const { received_at: rang_at, number_hidden } = incident
  return [{ call: { rang_at, number_hidden, ...own, ...nowhere, ...no_device }, id: null, first: true }, ...rows]
}
