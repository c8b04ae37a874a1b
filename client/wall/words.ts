import type { IncidentType, Unit } from '../../geo/wire/masterdata.ts'
import type { Incident } from '../../geo/wire/incident.ts'
import { fixAgeSeconds, freshness } from '../../geo/track/freshness.ts'
import { outlineOf, unitDrawing, unitState } from '../signs/unit_shapes.ts'
import type { Drawing } from '../signs/pictograms.ts'
import { going } from '../state/going.ts'
import type { Live } from '../state/live.svelte.ts'
import type { Urgent } from '../state/urgency.ts'
import { locale, t } from '../text/text.ts'
import { duration, minutesUp, stageTime } from '../text/time.ts'

/** Late by less than this is still "arriving". */
const OVERDUE_SECONDS = 60

export interface GoingWords {
  /** Callsign or agency; empty when nobody goes. */
  who: string
  what: string
  /** Nobody goes though somebody should. */
  missing: boolean
  /** What that unit does, as its sign on the map; null for an agency, and when nobody goes. */
  sign: Drawing | null
  /** Age of its position where that is old, or that there is none; empty when it is fresh, or nobody is under way. */
  age: string
}

const NOBODY = { who: '', sign: null, age: '' }
/** A forecast that rests on fewer cases than this says on how many. */
const FEW = 20

/** Who is going and how far they are, in a few words, by the picture at the second shown. */
export function goingWords(incident: Incident, live: Pick<Live, 'now' | 'units' | 'picture' | 'eta'>): GoingWords {
  // The maps are plain; the published list of units says when to look again.
  void live.units
  const { now, eta } = live
  const { units, agencies } = live.picture
  const { assignment, others, arrives_seconds } = going(incident, now, eta)
  if (incident.status === 'resolved') return { ...NOBODY, what: t('awaiting_close'), missing: false }
  if (!assignment) {
    const what =
      incident.dispatched_at !== null
        ? t('needs_other')
        : incident.status === 'received'
          ? t('not_verified')
          : t('no_unit')
    return { ...NOBODY, what, missing: true }
  }
  const unit = assignment.unit_id === null ? undefined : units.get(assignment.unit_id)
  const name = unit?.callsign ?? agencies.get(assignment.agency_id)?.name ?? '—'
  // Sent, and still on another job: nobody drives here yet.
  if (assignment.queued_behind && assignment.status !== 'done')
    return {
      ...NOBODY,
      who: name,
      what: t('queued_after', { number: assignment.queued_behind.number.slice(-4) }),
      missing: true,
    }
  return {
    who: others > 0 ? `${name} +${others}` : name,
    what: progress(assignment.status, arrives_seconds),
    missing: false,
    ...positionWords(unit, assignment.status, now),
  }
}

/** The sign of a unit on its way or there, and how old its position is: by the same fix and clock as on the map. */
function positionWords(unit: Unit | undefined, status: string, now: number): Pick<GoingWords, 'sign' | 'age'> {
  if (!unit || status === 'done') return { sign: null, age: '' }
  const age_seconds = unit.position ? fixAgeSeconds(Date.parse(unit.position.fix_at), now) : null
  const old = freshness(age_seconds) !== 'fresh'
  const state = unitState({ incident_id: unit.incident_id, assignment_status: status }, false)
  const age = !old ? '' : age_seconds === null ? t('position_none') : t('position_age', { n: duration(age_seconds) })
  return { sign: unitDrawing(outlineOf(state, true), old), age }
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

/**
 * "akan lewat dalam 3 mnt": the forecast passes the limit though the clock has not. Where few cases stand behind it their
 * number is said. Empty otherwise.
 */
export function forecastWords(u: Urgent): string {
  const { forecast } = u.clocks
  if (u.state !== 'warning' || forecast?.breach_in_seconds == null) return ''
  const words = t('will_breach_in', { n: minutesUp(forecast.breach_in_seconds) })
  return forecast.median_n < FEW ? `${words} · n ${forecast.median_n}` : words
}

/** What a card and a row of the list say of a case. */
export function caseWords(item: Urgent, live: Live) {
  const { incident } = item
  const type = live.picture.types.get(incident.incident_type)
  return {
    letter: type?.letter,
    name: typeWords(type, incident),
    place: placeWords(incident),
    clock: clockWords(item),
    going: goingWords(incident, live),
  }
}
