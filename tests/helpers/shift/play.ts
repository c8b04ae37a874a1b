import type { Call } from '../../../geo/wire/calls.ts'
import type { Assignment, Incident } from '../../../geo/wire/incident.ts'
import type { Unit } from '../../../geo/wire/masterdata.ts'
import type { TestServer } from '../server.ts'
import { follow, isOpen, type Case, type Job, type Played } from './model.ts'
import type { Person, Staff } from './people.ts'
import type { ScriptedCall } from './script.ts'
import { Timeline } from './timeline.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const NEIGHBOUR = 'PSC 119 Kab. Batang'

interface Created {
  incident: Incident
  recommendations: { needed: number; assigned: number; units: { unit_id: string }[] }[]
}

export interface Checkpoint {
  at: number
  look: (played: Played) => Promise<void>
}

/**
 * Plays the script with its people over HTTP: the PBX rings, operators answer in turn, locate, send; dispatchers follow each unit to its end and
 * report; the operator closes. `clock.at` is the moment everybody goes by. Answers what must be true afterwards, worked out from the
 * script alone. Seeded: the same `random` plays the same shift.
 */
export async function playShift(
  server: TestServer,
  staff: Staff,
  script: readonly ScriptedCall[],
  random: () => number,
  clock: { at: number },
  checkpoints: readonly Checkpoint[],
): Promise<Played> {
  const timeline = new Timeline()
  const played: Played = { cases: [], lines: [], calls: [], refused: [] }
  const pbx = await server.token('integration')
  const free_at = new Map(staff.operators.map((operator) => [operator, 0]))
  const between = (from: number, to: number) => Math.round((from + random() * (to - from)) / SECOND) * SECOND
  const later = (from: number, to: number, run: () => Promise<void>) => timeline.add(clock.at + between(from, to), run)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]
  const iso = (at: number) => new Date(at).toISOString()

  const line = (kind: string, actor: string, incident_id: string | null = null, occurred_at = clock.at) =>
    played.lines.push({ kind, actor, incident_id, occurred_at, recorded_at: clock.at })
  /** Somebody tries what is not his. */
  const mayNot = async (who: Person, method: string, path: string, body?: object) => {
    const { status } = await who.call(method, path, body)
    played.refused.push({ what: `${who.login} ${method} ${path.replace(/[0-9a-f-]{36}/, ':id')}`, status })
  }
  const dispatcherOf = (agency_id: string): Person => {
    const found = staff.dispatchers.get(agency_id)
    if (!found) throw new Error('an OPD without a dispatcher was sent')
    return found
  }

  async function ring(scripted: ScriptedCall): Promise<void> {
    const hidden = scripted.case?.course === 'hidden'
    const rang = await server.call<Call>('POST', '/api/calls', {
      token: pbx,
      body: {
        caller_number: hidden ? null : '0285 000 112',
        number_hidden: hidden,
        rang_at: iso(clock.at),
        line: '112',
      },
    })
    if (rang.status !== 201) throw new Error(JSON.stringify(rang.body))
    line('call.created', 'integration')
    const [operator, free] = [...free_at].sort((a, b) => a[1] - b[1])[0]
    const answered_at = Math.max(clock.at + between(3 * SECOND, 12 * SECOND), free + 2 * SECOND)
    free_at.set(operator, answered_at + between(20 * SECOND, 40 * SECOND))
    const rang_at = clock.at
    timeline.add(answered_at, async () => {
      await operator.must('POST', `/api/calls/${rang.body.id}/answer`, {})
      line('call.answered', operator.actor)
      const call = { id: rang.body.id, rang_at, answered_at: clock.at, kind: scripted.kind }
      played.calls.push(call)
      // Another desk that presses a moment later is told, and takes nothing away.
      if (random() < 0.1)
        await mayNot(
          pick(staff.operators.filter((each) => each !== operator)),
          'POST',
          `/api/calls/${call.id}/answer`,
          {},
        )
      if (scripted.case) await takeDown(call.id, rang_at, scripted.case, operator)
      else if (scripted.kind === 'real') await repeat(call.id, operator)
      else
        timeline.add(clock.at + 15 * SECOND, async () => {
          await operator.must('PATCH', `/api/calls/${call.id}`, { kind: scripted.kind })
          line('call.updated', operator.actor)
        })
    })
  }

  /** A second caller about what is open already; about nothing that is open: a word of information. */
  async function repeat(call_id: string, operator: Person): Promise<void> {
    const open = played.cases.filter((each) => isOpen(each) && each.status !== 'resolved')
    const target = open.length > 0 ? pick(open) : null
    await operator.must(
      'PATCH',
      `/api/calls/${call_id}`,
      target ? { kind: 'real', incident_id: target.id } : { kind: 'information' },
    )
    line('call.updated', operator.actor, target?.id ?? null)
    if (target) {
      line('incident.call_attached', operator.actor, target.id)
      target.calls++
    } else {
      const call = played.calls.find(({ id }) => id === call_id)
      if (call) call.kind = 'information'
    }
  }

  async function takeDown(
    call_id: string,
    received_at: number,
    scripted: NonNullable<ScriptedCall['case']>,
    operator: Person,
  ) {
    const took = between(35 * SECOND, 110 * SECOND)
    free_at.set(operator, clock.at + took + 45 * SECOND)
    timeline.add(clock.at + took, async () => {
      const { incident, recommendations } = await operator.must<Created>('POST', '/api/incidents', {
        incident_type: scripted.incident_type,
        location: { type: 'Point', coordinates: scripted.place },
        accuracy_m: 40,
        caller_name: 'Penelepon Uji',
        description: 'kata-kata penelepon',
        call_id,
      })
      const { id, number, incident_type } = incident
      const made: Case = {
        id,
        number,
        incident_type,
        course: scripted.course,
        handler: operator,
        received_at,
        calls: 1,
        status: 'received',
        jobs: [],
      }
      line('incident.created', operator.actor, id, received_at)
      if (random() < 0.3)
        await mayNot(pick([...staff.dispatchers.values()]), 'PATCH', `/api/incidents/${id}`, { status: 'cancelled' })
      const other = played.cases.filter((each) => isOpen(each) && each.status !== 'resolved').at(-1)
      played.cases.push(made)
      if (scripted.course === 'cancelled')
        return void later(20 * SECOND, 90 * SECOND, () => end(made, 'cancelled', { note: 'salah paham' }))
      if (scripted.course === 'handed_over')
        return void later(30 * SECOND, 400 * SECOND, () => end(made, 'handed_over', { handed_over_to: NEIGHBOUR }))
      if (scripted.course === 'duplicate' && other)
        return void later(20 * SECOND, 60 * SECOND, () => merge(made, other))
      // One in six takes longer than the five minutes.
      later(15 * SECOND, random() < 1 / 6 ? 400 * SECOND : 100 * SECOND, () => send(made, recommendations))
    })
  }

  async function end(made: Case, status: 'cancelled' | 'handed_over', more: object): Promise<void> {
    await made.handler.must('PATCH', `/api/incidents/${made.id}`, { status, ...more })
    line(`incident.${status}`, made.handler.actor, made.id)
    made.status = status
    made.ended_at = clock.at
  }

  async function merge(made: Case, into: Case): Promise<void> {
    await made.handler.must('PATCH', `/api/incidents/${made.id}`, { status: 'duplicate', duplicate_of: into.id })
    line('incident.duplicate', made.handler.actor, made.id)
    line('incident.merged', made.handler.actor, into.id)
    made.status = 'duplicate'
    made.ended_at = clock.at
    into.calls += made.calls
  }

  async function send(made: Case, known?: Created['recommendations']): Promise<void> {
    const groups =
      known ?? (await made.handler.must<Created['recommendations']>('GET', `/api/incidents/${made.id}/recommendations`))
    const unit_ids = groups.flatMap(({ units, needed, assigned }) =>
      units.slice(0, Math.max(0, needed - assigned)).map(({ unit_id }) => unit_id),
    )
    // Everybody who could go is out: asked again when somebody may be back.
    if (unit_ids.length === 0) return void later(3 * MINUTE, 4 * MINUTE, () => send(made))
    const body = { unit_ids, ...(made.course === 'hidden' ? { verified: true } : {}) }
    if (made.course === 'hidden' && made.jobs.length === 0)
      await mayNot(made.handler, 'POST', `/api/incidents/${made.id}/assignments`, { unit_ids })
    const answer = await made.handler.call<Assignment[]>('POST', `/api/incidents/${made.id}/assignments`, body)
    // Another operator was quicker, or the picture a minute old: look again, as anybody would.
    if (answer.status === 409 || answer.status === 422) return void later(5 * SECOND, 10 * SECOND, () => send(made))
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
    line('assignment.created', made.handler.actor, made.id)
    const jobs = answer.body.map(({ id, agency_id, unit_id }): Job => ({
      id,
      agency_id,
      unit_id,
      notified_at: clock.at,
    }))
    const again = made.jobs.length > 0
    made.jobs.push(...jobs)
    made.dispatched_at ??= clock.at
    follow(made)
    await afterSending(made, jobs, again)
  }

  async function afterSending(made: Case, jobs: Job[], again: boolean): Promise<void> {
    const strangers = [...staff.dispatchers].filter(([agency_id]) => !jobs.some((job) => job.agency_id === agency_id))
    if (random() < 0.3)
      await mayNot(pick(strangers)[1], 'POST', `/api/assignments/${jobs[0].id}/status`, { status: 'acknowledged' })
    if (random() < 0.3) await mayNot(made.handler, 'POST', `/api/assignments/${jobs[0].id}/status`, { status: 'done' })
    if (made.course === 'declined' && !again) {
      for (const job of jobs)
        later(20 * SECOND, 50 * SECOND, async () => {
          await step(made, job, 'declined', 'kendaraan rusak')
          if (made.status === 'verified') later(20 * SECOND, 60 * SECOND, () => send(made))
        })
      return
    }
    for (const job of jobs) later(10 * SECOND, 60 * SECOND, () => work(made, job))
    const asks = made.course === 'cancelled_after_dispatch' || made.course === 'cancellation_refused'
    if (asks && !again) later(90 * SECOND, 150 * SECOND, () => askCancellation(made))
    if (made.course === 'taken_over')
      later(MINUTE, 2 * MINUTE, async () => {
        const by = pick(staff.operators.filter((each) => each !== made.handler))
        await by.must('POST', `/api/incidents/${made.id}/take-over`, { former: made.handler.actor })
        made.handler = by
        line('handler.taken', by.actor, made.id)
      })
    if (made.course === 'reassigned')
      later(MINUTE, 2 * MINUTE, async () => {
        const to = pick(staff.operators.filter((each) => each !== made.handler))
        await mayNot(to, 'POST', `/api/incidents/${made.id}/reassign`, { former: made.handler.actor, to: to.actor })
        // At the desk: seen a moment ago.
        await to.must('GET', '/api/session')
        await staff.supervisor.must('POST', `/api/incidents/${made.id}/reassign`, {
          former: made.handler.actor,
          to: to.actor,
        })
        made.handler = to
        line('handler.given', staff.supervisor.actor, made.id)
      })
  }

  async function askCancellation(made: Case): Promise<void> {
    if (!isOpen(made) || made.status === 'resolved') return
    await mayNot(made.handler, 'PATCH', `/api/incidents/${made.id}`, { status: 'cancelled' })
    const asked = await made.handler.must<{ id: string }>('POST', `/api/incidents/${made.id}/cancellation`, {
      words: 'pelapor menarik laporan',
    })
    line('cancellation.asked', made.handler.actor, made.id)
    later(20 * SECOND, MINUTE, async () => {
      const { supervisor } = staff
      await supervisor.must('GET', '/api/session')
      await mayNot(made.handler, 'POST', `/api/cancellations/${asked.id}/answer`, { status: 'approved' })
      const status = made.course === 'cancellation_refused' ? 'refused' : 'approved'
      await supervisor.must('POST', `/api/cancellations/${asked.id}/answer`, { status, words: 'sudah diperiksa' })
      if (status === 'approved') {
        line('incident.cancelled', supervisor.actor, made.id)
        made.status = 'cancelled'
        made.ended_at = clock.at
        for (const job of made.jobs) if (!job.done_at && !job.declined_at) job.cancelled_at = clock.at
      }
      line(`cancellation.${status}`, supervisor.actor, made.id)
    })
  }

  async function step(
    made: Case,
    job: Job,
    status: 'acknowledged' | 'en_route' | 'on_scene' | 'done' | 'declined',
    note?: string,
  ) {
    const by = dispatcherOf(job.agency_id)
    await by.must('POST', `/api/assignments/${job.id}/status`, { status, note })
    line(`assignment.${status}`, by.actor, made.id)
    job[`${status}_at`] = clock.at
    follow(made)
  }

  /** One unit from its first word to its last; the last of a case brings the reports. */
  async function work(made: Case, job: Job): Promise<void> {
    const go = (status: 'acknowledged' | 'en_route' | 'on_scene' | 'done', next?: () => void) => async () => {
      if (!isOpen(made)) return
      await step(made, job, status)
      next?.()
    }
    await go('acknowledged', () =>
      later(
        30 * SECOND,
        120 * SECOND,
        go('en_route', () =>
          later(
            3 * MINUTE,
            12 * MINUTE,
            go('on_scene', () => {
              if (made.course === 'help' && job === made.jobs[0]) later(30 * SECOND, MINUTE, () => askHelp(made, job))
              later(
                8 * MINUTE,
                34 * MINUTE,
                go('done', () => {
                  if (made.status === 'resolved') later(2 * MINUTE, 6 * MINUTE, () => report(made))
                }),
              )
            }),
          ),
        ),
      ),
    )()
  }

  async function askHelp(made: Case, job: Job): Promise<void> {
    const by = dispatcherOf(job.agency_id)
    const units = await by.must<(Unit & { agency_kind: string })[]>('GET', '/api/units')
    const busy = new Set(
      played.cases
        .filter(isOpen)
        .flatMap((each) => each.jobs.filter((one) => !one.done_at && !one.declined_at).map((one) => one.unit_id)),
    )
    const idle = units.find(
      (unit) =>
        unit.agency_id !== job.agency_id &&
        staff.dispatchers.has(unit.agency_id) &&
        !busy.has(unit.id) &&
        !made.jobs.some((one) => one.agency_id === unit.agency_id),
    )
    if (!idle) return
    const asked = await by.must<{ id: string }>('POST', `/api/incidents/${made.id}/help`, {
      agency_kind: idle.agency_kind,
      quantity: 1,
      words: 'perlu bantuan',
    })
    line('incident.help_asked', by.actor, made.id)
    later(20 * SECOND, 40 * SECOND, async () => {
      const sent = await made.handler.must<Assignment[]>('POST', `/api/incidents/${made.id}/assignments`, {
        unit_ids: [idle.id],
      })
      line('assignment.created', made.handler.actor, made.id)
      const jobs = sent.map(({ id, agency_id, unit_id }): Job => ({ id, agency_id, unit_id, notified_at: clock.at }))
      made.jobs.push(...jobs)
      follow(made)
      await made.handler.must('POST', `/api/help/${asked.id}/answer`, { status: 'sent' })
      line('incident.help_sent', made.handler.actor, made.id)
      for (const each of jobs) later(10 * SECOND, 40 * SECOND, () => work(made, each))
    })
  }

  async function report(made: Case): Promise<void> {
    const opd = new Set(made.jobs.filter(({ done_at }) => done_at).map(({ agency_id }) => agency_id))
    for (const agency_id of opd) {
      const by = dispatcherOf(agency_id)
      await by.must('PUT', `/api/incidents/${made.id}/report`, {
        dead: 0,
        injured: 1,
        evacuated: 0,
        cause: 'belum diketahui',
        measures: 'ditangani',
        revision: 0,
      })
      line('incident.reported', by.actor, made.id)
    }
    later(MINUTE, 4 * MINUTE, async () => {
      await mayNot(pick([...staff.dispatchers.values()]), 'PUT', `/api/incidents/${made.id}/final-report`, {})
      await made.handler.must('PUT', `/api/incidents/${made.id}/final-report`, {
        dead: 0,
        injured: opd.size,
        evacuated: 0,
        summary: 'ditangani sampai selesai',
        cause: 'belum diketahui',
        outcome: 'aman',
        revision: 0,
      })
      line('incident.closed', made.handler.actor, made.id)
      line('incident.final_report', made.handler.actor, made.id)
      made.status = 'closed'
      made.closed_at = clock.at
    })
  }

  for (const call of script) timeline.add(call.rang_at, () => ring(call))
  for (const { at, look } of checkpoints) timeline.add(at, () => look(played))
  await timeline.play((at) => (clock.at = at))
  return played
}
