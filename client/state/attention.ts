import type { District } from '../../geo/wire/stats.ts'
import { SHARE_MIN_N } from './compliance.ts'
import type { Urgent } from './urgency.ts'

/** What is open in a district now, by the live picture. */
export interface OpenHere {
  open: number
  breached: number
  warning: number
}

/** Why a district stands where it does, the most pressing first; shares in whole per cent, changes in points. */
export type Reason =
  | { kind: 'breached' | 'warning' | 'open'; n: number }
  | { kind: 'above'; share: number; city: number }
  | { kind: 'share'; share: number }
  | { kind: 'worse'; n: number }
  | { kind: 'few'; n: number }

export interface Attention {
  district: District
  open: OpenHere
  reasons: Reason[]
}

const NOTHING: OpenHere = { open: 0, breached: 0, warning: 0 }

/** Open incidents by a key of theirs; those without one are left out. */
export function openBy(list: readonly Urgent[], key: (u: Urgent) => string | null): Map<string, OpenHere> {
  const found = new Map<string, OpenHere>()
  for (const u of list) {
    const at = key(u)
    if (at === null) continue
    const here = found.get(at) ?? { ...NOTHING }
    here.open++
    if (u.state === 'breached') here.breached++
    if (u.state === 'warning') here.warning++
    found.set(at, here)
  }
  return found
}

/** How surely a district stands badly: the lower bound of its breached OPD share; below all of them where there are too few to say. */
const badness = ({ opd }: District) => (opd.n >= SHARE_MIN_N ? (opd.low ?? 0) : -1)

/**
 * The districts that stand worst, of those with anything to say: by the lower bound of the breached OPD share, so that three of three does not outrank
 * thirty of forty, then by how many are open now.
 */
export function weakest(districts: readonly District[], open: ReadonlyMap<string, OpenHere>, most: number): District[] {
  const now = ({ code }: District) => open.get(code)?.open ?? 0
  return districts
    .filter((district) => now(district) > 0 || district.opd.n > 0)
    .sort((a, b) => badness(b) - badness(a) || now(b) - now(a) || (a.code < b.code ? -1 : 1))
    .slice(0, most)
}

/**
 * Districts by what needs attention: open incidents past their limit, then those about to be, then how surely the district stands
 * badly (lower Wilson bound of its breached OPD share: three of three does not outrank thirty of forty), then how many are open.
 * Those with nothing to say are left out.
 */
export function attention(
  districts: readonly District[],
  open: ReadonlyMap<string, OpenHere>,
  most: number,
): Attention[] {
  const sum = (key: 'n' | 'breached') => districts.reduce((total, d) => total + d.opd[key], 0)
  const city = sum('n') > 0 ? sum('breached') / sum('n') : null
  return districts
    .map((district) => ({ district, open: open.get(district.code) ?? NOTHING }))
    .filter(({ district, open }) => open.open > 0 || district.opd.n > 0)
    .sort(
      (a, b) =>
        b.open.breached - a.open.breached ||
        b.open.warning - a.open.warning ||
        badness(b.district) - badness(a.district) ||
        b.open.open - a.open.open ||
        (a.district.code < b.district.code ? -1 : 1),
    )
    .slice(0, most)
    .map((one) => ({ ...one, reasons: reasonsOf(one.district, one.open, city) }))
}

function reasonsOf({ opd, previous }: District, open: OpenHere, city: number | null): Reason[] {
  const reasons: Reason[] = []
  const percent = (share: number) => Math.round(share * 100)
  if (open.breached > 0) reasons.push({ kind: 'breached', n: open.breached })
  if (open.warning > 0) reasons.push({ kind: 'warning', n: open.warning })
  const calm = open.open - open.breached - open.warning
  if (calm > 0) reasons.push({ kind: 'open', n: calm })
  if (opd.n < SHARE_MIN_N || opd.share === null) reasons.push({ kind: 'few', n: opd.n })
  else if (city !== null && (opd.low ?? 0) > city)
    reasons.push({ kind: 'above', share: percent(opd.share), city: percent(city) })
  else reasons.push({ kind: 'share', share: percent(opd.share) })
  const change = previous?.opd_change
  if (change && change.low > 0) reasons.push({ kind: 'worse', n: percent(change.difference) })
  return reasons
}
