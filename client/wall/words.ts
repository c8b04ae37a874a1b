import type { Agency, IncidentType, Unit } from '../../geo/wire/masterdata.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { going } from '../state/going.ts'
import type { Urgent } from '../state/urgency.ts'
import { locale, t } from '../text/text.ts'
import { minutesUp, stageTime } from '../text/time.ts'

/** Late by less than this is still "arriving". */
const OVERDUE_SECONDS = 60

export interface GoingWords {
  /** Callsign or agency; empty when nobody goes. */
  who: string
  what: string
  /** Nobody goes though somebody should. */
  missing: boolean
}

/** Who is going and how far they are, in a few words. */
export function goingWords(
  incident: Incident,
  now: number,
  units: ReadonlyMap<string, Unit>,
  agencies: ReadonlyMap<string, Agency>,
): GoingWords {
  const { assignment, others, arrives_seconds } = going(incident, now)
  if (incident.status === 'resolved') return { who: '', what: t('awaiting_close'), missing: false }
  if (!assignment) {
    const what =
      incident.dispatched_at !== null
        ? t('needs_other')
        : incident.status === 'received'
          ? t('not_verified')
          : t('no_unit')
    return { who: '', what, missing: true }
  }
  const unit = assignment.unit_id === null ? undefined : units.get(assignment.unit_id)
  const name = unit?.callsign ?? agencies.get(assignment.agency_id)?.name ?? '—'
  // Sent, and still on another job: nobody drives here yet.
  if (assignment.queued_behind && assignment.status !== 'done')
    return { who: name, what: t('queued_after', { number: assignment.queued_behind.number.slice(-4) }), missing: true }
  return {
    who: others > 0 ? `${name} +${others}` : name,
    what: progress(assignment.status, arrives_seconds),
    missing: false,
  }
}

function progress(status: string, arrives_seconds: number | null): string {
  if (status === 'on_scene') return t('on_scene')
  if (status === 'done') return t('done')
  if (status === 'notified') return t('not_acknowledged')
  if (arrives_seconds === null) return status === 'en_route' ? t('en_route') : t('preparing')
  if (arrives_seconds < -OVERDUE_SECONDS) return t('overdue', { n: minutesUp(-arrives_seconds) })
  if (arrives_seconds <= 0) return t('arrives_now')
  return t('arrives_in', { n: minutesUp(arrives_seconds) })
}

/** The type's name as called out across a room: without what stands in brackets or behind a slash. */
export function typeWords(type: IncidentType | undefined, incident: Incident): string {
  const name = locale === 'en' ? type?.name_en : type?.name
  return name?.split(/ \(| \/ /)[0] ?? incident.incident_type
}

/** Where, by the gazetteer: the kelurahan is never cut, the rest may be. */
export function placeWords(incident: Incident): { area: string; detail: string } {
  const area = incident.kelurahan ?? (incident.inside_city ? '' : t('outside'))
  // The label's first part says it; the rest repeats the district.
  // The name goes before how far it is: what has to be cut is cut behind.
  const detail = (incident.place_label ?? '').split(',')[0].replace(/^(\d[\d.,]* k?m) (?:dari )?(.+)$/, '$2, $1')
  return area === '' || detail.startsWith(area) ? { area: detail || '—', detail: '' } : { area, detail }
}

/** The clock that counts and what it counts. */
export function clockWords(u: Urgent): { time: string; of: string } {
  if (u.state === 'met') return { time: '', of: t('resolved') }
  const left = u.clock?.remaining_seconds ?? null
  if (left === null || u.stage === null) return { time: '––:––', of: t('no_clock') }
  return { time: stageTime(left), of: t(`${left < 0 ? 'over' : 'left'}_${u.stage}`) }
}

/** "akan lewat": the forecast passes the limit though the clock has not. Empty otherwise. */
export function forecastWords(u: Urgent): string {
  return u.state === 'warning' && u.clocks.forecast?.breach_in_seconds != null ? t('will_breach') : ''
}
