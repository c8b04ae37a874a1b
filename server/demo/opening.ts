import type { Database } from '../db/database.ts'
import { createChooser } from './choose.ts'
import { CALLER_NAME, describeSimulated } from './crew.ts'
import type { DemoCity } from './day.ts'
import { planLife, type Life } from './life.ts'
import { randomOf } from './random.ts'
import { RHYTHMS } from './rhythm.ts'
import { OPENING_ACTOR, writeSteps } from './write.ts'

/** What the wall opens with: how many minutes ago it rang, and what. */
const SCENE: readonly [minutes: number, code: string][] = [
  [33, 'pohon_tumbang'],
  [26, 'odgj'],
  [19, 'kebakaran'],
  [14, 'kecelakaan'],
  [10, 'sarang_tawon'],
  [7, 'sakit_mendadak'],
  [4.2, 'kriminalitas'],
  [1.5, 'kecelakaan'],
]
const MINUTE = 60_000
const ATTEMPTS = 40

/** Cases already under way, written with the clock of the last half hour, so that the wall lives at once. Answers how many. */
export async function writeOpening(
  db: Database,
  city: DemoCity,
  options: { seed: number; now: Date; describe: (point: readonly number[]) => string | null },
): Promise<number> {
  const at = options.now.getTime()
  const chooser = createChooser(city.router, city.units, city.agencies)
  for (const unit of city.units) if (unit.assignment_id !== null) chooser.occupy(unit.id, Infinity)
  let n = 0
  for (const [minutes, code] of SCENE) {
    const life = openLife(options.seed, at, at - minutes * MINUTE, code, city, chooser)
    if (!life) continue
    const past = life.steps.filter((step) => step.at <= at)
    await db.transaction((tx) => writeSteps(tx, past, { actor: OPENING_ACTOR, describe: options.describe }))
    n++
  }
  return n
}

/** A life of the type that is not over at `at`; null when none turned up or the type is not known. */
function openLife(
  seed: number,
  at: number,
  received_at: number,
  code: string,
  city: DemoCity,
  chooser: ReturnType<typeof createChooser>,
): Life | null {
  const rhythm = RHYTHMS.find((r) => r.code === code)
  const type = city.types.find((t) => t.code === code)
  if (!rhythm || !type) return null
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = randomOf(seed, at, code, received_at, attempt)
    const spot = city.places.inside(random, rhythm.where)
    const trial = {
      choose: chooser.choose,
      occupy: (unit_id: string, until: number) => void taken.push([unit_id, until]),
    }
    const taken: [string, number][] = []
    const life = planLife({
      random,
      chooser: trial,
      type,
      on_scene_minutes: rhythm.on_scene_minutes,
      point: spot.point,
      accuracy_m: spot.accuracy_m,
      received_at,
      regency: null,
      hindrance: 1,
      crossing: 0.05,
      odd_ends: false,
      texts: { caller_name: CALLER_NAME, address_text: spot.named, description: describeSimulated(type.name) },
    })
    const resolvedAt = Math.max(...life.steps.filter((step) => step.verb === 'progress').map((step) => step.at))
    const created = life.steps.find((step) => step.verb === 'create')
    if (resolvedAt < at + MINUTE || !created || created.at > at) continue
    for (const [unit_id, until] of taken) chooser.occupy(unit_id, until)
    return life
  }
  return null
}
