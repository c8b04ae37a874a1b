import type { Position } from 'geojson'
import { distanceM } from '../earth.ts'
import { boxOf, nearestOnLines, type Box } from './shapes.ts'
import { nameTokens } from './tokens.ts'
import type { GazetteerEntry } from './types.ts'

/** Pieces of one name farther apart than this are two streets. */
const SAME_STREET_M = 400

interface Piece {
  entry: GazetteerEntry
  lines: Position[][]
  box: Box
}

/** Entries taken between two pauses. */
const A_STEP = 1000

/**
 * Joins the pieces a street layer has for one street (same name, near each other); everything else passes unchanged. In
 * steps of some milliseconds.
 */
export function* mergeStreets(entries: readonly GazetteerEntry[]): Generator<undefined, GazetteerEntry[]> {
  const out: GazetteerEntry[] = []
  const byName = new Map<string, Piece[]>()
  for (const [i, entry] of entries.entries()) {
    if (i % A_STEP === A_STEP - 1) yield
    if (entry.type !== 'street' || entry.geometry.type !== 'MultiLineString') {
      out.push(entry)
      continue
    }
    const lines = entry.geometry.coordinates.filter((line) => line.length > 1)
    if (lines.length === 0) continue
    const key = nameTokens(entry.name)
      .map((each) => each.sound)
      .join(' ')
    const piece = { entry, lines, box: boxOf(lines.flat()) }
    const pieces = byName.get(key)
    if (pieces) pieces.push(piece)
    else byName.set(key, [piece])
  }
  let joined = 0
  for (const pieces of byName.values()) {
    if (++joined % A_STEP === 0) yield
    while (pieces.length > 0) {
      const street = [pieces.shift() as Piece]
      for (let grown = true; grown;) {
        grown = false
        for (let i = pieces.length - 1; i >= 0; i--) {
          if (street.some((member) => near(member, pieces[i]))) {
            street.push(...pieces.splice(i, 1))
            grown = true
          }
        }
      }
      const lines = street.flatMap((member) => member.lines)
      const whole = street.length > 1 ? { kelurahan_code: null, kelurahan: null, kecamatan: null } : {}
      const aliases = street.flatMap((member) => member.entry.aliases ?? [])
      out.push({ ...street[0].entry, ...whole, aliases, geometry: { type: 'MultiLineString', coordinates: lines } })
    }
  }
  return out
}

function near(a: Piece, b: Piece): boolean {
  const gap = distanceM(
    [Math.max(a.box[0], Math.min(b.box[0], a.box[2])), Math.max(a.box[1], Math.min(b.box[1], a.box[3]))],
    [Math.min(Math.max(a.box[0], b.box[0]), b.box[2]), Math.min(Math.max(a.box[1], b.box[1]), b.box[3])],
  )
  if (gap > SAME_STREET_M * 2) return false
  return (
    b.lines.some((line) => line.some((p) => (nearestOnLines(p, a.lines)?.distance_m ?? Infinity) <= SAME_STREET_M)) ||
    a.lines.some((line) => line.some((p) => (nearestOnLines(p, b.lines)?.distance_m ?? Infinity) <= SAME_STREET_M))
  )
}
