import { isWorkingDay } from '../../geo/sla/working_days.ts'
import { wibHour, wibMidnight } from '../../geo/sla/shift.ts'
import { CATEGORIES, CHANNELS, type ComplaintRow, type ComplaintStep } from '../../geo/wire/complaints.ts'
import { CALLER_NAME } from './crew.ts'
import { randomOf, type Random } from './random.ts'

const HOUR = 3_600_000
/** Complaints a day, on average. */
const A_DAY = 0.9

const CATEGORY_WEIGHT = { slow_answer: 3, slow_arrival: 5, attitude: 2, wrong_handling: 2, not_answered: 3, other: 1 }
const CHANNEL_WEIGHT = { '112': 4, instagram: 3, phone: 4, in_person: 1 }
const WORDS = {
  slow_answer: 'Simulasi: telepon 112 baru diangkat setelah lama berdering.',
  slow_arrival: 'Simulasi: bantuan tiba jauh lebih lama dari yang disampaikan.',
  attitude: 'Simulasi: petugas menjawab dengan nada yang kurang sopan.',
  wrong_handling: 'Simulasi: yang datang tidak sesuai dengan yang dilaporkan.',
  not_answered: 'Simulasi: menelepon 112 dua kali dan tidak dijawab.',
  other: 'Simulasi: saran agar lokasi cukup dikirim lewat tautan.',
}
const STEP_WORDS: Record<ComplaintStep, string | null> = {
  take: null,
  close: null,
  note: 'Simulasi: pengadu dihubungi, belum diangkat.',
  escalate: 'Simulasi: menyangkut OPD lain, di luar wewenang petugas.',
  answer: 'Simulasi: rekaman sudah diperiksa; kami mohon maaf dan petugas sudah diingatkan.',
  reopen: 'Simulasi: pengadu belum puas dengan jawaban.',
}

export interface PlannedComplaint {
  /** Epoch ms. */
  at: number
  input: { id: string; channel: string; category: string; words: string; name: string | null; contact: string | null }
}

const uuidOf = (random: Random): string => {
  const hex = Array.from({ length: 32 }, () => Math.floor(random.next() * 16).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

export function inventComplaint(random: Random, at: number): PlannedComplaint {
  const category = random.weighted(CATEGORIES, (code) => CATEGORY_WEIGHT[code]) ?? 'other'
  const channel = random.weighted(CHANNELS, (code) => CHANNEL_WEIGHT[code]) ?? 'phone'
  const named = random.chance(0.8)
  const input = {
    ...{ id: uuidOf(random), channel, category, words: WORDS[category] },
    ...{ name: named ? CALLER_NAME : null, contact: named ? 'simulasi, bukan nomor' : null },
  }
  return { at, input }
}

/** The complaints of the WIB day that begins at `midnight` (epoch ms), in the order they come in. */
export function planComplaints(seed: number, midnight: number): PlannedComplaint[] {
  const random = randomOf(seed, midnight, 'complaints')
  return Array.from({ length: random.count(A_DAY) }, () => midnight + random.between(7, 21) * HOUR)
    .sort((a, b) => a - b)
    .map((at) => inventComplaint(random, at))
}

/** The same instant, or when the office next opens. */
function inOffice(at: number, random: Random): number {
  let when = at
  if (wibHour(when) >= 16) when = wibMidnight(when) + 32 * HOUR + random.between(0, 2) * HOUR
  else if (wibHour(when) < 8) when = wibMidnight(when) + random.between(8, 10) * HOUR
  while (!isWorkingDay(when, new Set())) when += 24 * HOUR
  return when
}

/** What becomes of a complaint next if nobody else does anything: always the same of the same row. Null: nothing more by hand. */
export function nextComplaintStep(
  seed: number,
  row: ComplaintRow,
): { at: number; step: ComplaintStep; words: string | null } | null {
  const random = randomOf(seed, row.id, row.status, row.reopened)
  const step = (from: string | null, hours: number, step: ComplaintStep) => ({
    at: inOffice(Date.parse(from ?? row.received_at) + random.around(hours, 1) * HOUR, random),
    step,
    words: STEP_WORDS[step],
  })
  switch (row.status) {
    case 'received':
      return step(row.opened_at, 6, 'take')
    case 'being_handled':
      return random.chance(0.12) ? step(row.taken_at, 24, 'escalate') : step(row.taken_at, 56, 'answer')
    case 'escalated':
      return step(row.escalated_at, 110, 'answer')
    case 'answered':
      if (row.reopened === 0 && random.chance(0.06)) return step(row.answered_at, 30, 'reopen')
      return random.chance(0.5) ? step(row.answered_at, 60, 'close') : null
    default:
      return null
  }
}

const CLAMP = (score: number) => Math.max(1, Math.min(4, Math.round(score)))
/** How far each element of the survey lies from the rest: waiting is what people mind, and 112 costs nothing. */
const LEAN = [0, 0.1, -0.35, 0.7, 0, 0.1, 0.15, -0.3, -0.1]

/** Nine scores of somebody who was helped. */
export function inventScores(random: Random): number[] {
  const mood = 3.25 + random.normal() * 0.45
  return LEAN.map((lean) => CLAMP(mood + lean + random.normal() * 0.4))
}
