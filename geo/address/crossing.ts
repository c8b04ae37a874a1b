import type { Position } from 'geojson'
import { distanceM, fromLocalM, toLocalM, type LonLat } from '../earth.ts'
import type { GazetteerIndex } from './index.ts'
import { match, type Match } from './match.ts'
import { prepareQuery } from './query.ts'
import { meet, nearestOnLines, type Box } from './shapes.ts'
import type { Token } from './tokens.ts'

/** Where two streets meet: `gap_m` is 0 for a true crossing, else how far apart they stay (at least, when far apart). */
export interface Crossing {
  a: number
  b: number
  points: LonLat[]
  gap_m: number
}

/** A reading of the question as a crossing. */
export interface CrossingMatch extends Crossing {
  score: number
  /** How well the two names fit, wherever the streets lie. */
  fit: number
  /** True when a word like "perempatan" was said. */
  named: boolean
}

/** Beyond this a point between two streets would be a lie. */
export const NOT_MEETING_M = 400
/** Streets farther apart than this are not looked at point by point. */
const FAR_M = 1000
/** Meetings nearer than this are one crossing (two carriageways, a staggered junction). */
const ONE_CROSSING_M = 60
/** Streets of hand-drawn layers that stop short of each other still meet. */
const TOUCHING_M = 40

/** Where two streets of the gazetteer meet, or the middle of where they come nearest. */
export function crossingOf(index: GazetteerIndex, a: number, b: number): Crossing | null {
  const key = a < b ? `${a}/${b}` : `${b}/${a}`
  const known = index.cache.crossings.get(key) as Crossing | null | undefined
  if (known !== undefined) return known
  const [one, two] = [index.streetBoxes.get(a), index.streetBoxes.get(b)]
  if (!one || !two) return null
  const apart = boxGapM(one, two)
  const found = apart > FAR_M ? { points: [], gap_m: apart } : compute(linesOf(index, a), linesOf(index, b))
  const crossing = found && { a, b, ...found }
  index.cache.crossings.set(key, crossing)
  return crossing
}

/** How far apart two boxes lie, in metres. */
function boxGapM(a: Box, b: Box): number {
  const gap = (lowA: number, highA: number, lowB: number, highB: number) => Math.max(0, lowB - highA, lowA - highB)
  return distanceM([a[0], a[1]], [a[0] + gap(a[0], a[2], b[0], b[2]), a[1] + gap(a[1], a[3], b[1], b[3])])
}

/** How far apart two streets stay, exactly. */
export function gapM(index: GazetteerIndex, { a, b, gap_m }: Crossing): number {
  return gap_m <= FAR_M ? gap_m : (compute(linesOf(index, a), linesOf(index, b))?.gap_m ?? gap_m)
}

function linesOf(index: GazetteerIndex, ordinal: number): Position[][] {
  const { geometry } = index.entries[ordinal]
  return geometry.type === 'MultiLineString' ? geometry.coordinates : []
}

function compute(a: Position[][], b: Position[][]): { points: LonLat[]; gap_m: number } | null {
  if (a.length === 0 || b.length === 0) return null
  const points: LonLat[] = []
  const add = (p: LonLat) => {
    if (!points.some((q) => distanceM(p, q) < ONE_CROSSING_M)) points.push(p)
  }
  for (const line of a) {
    for (let i = 1; i < line.length; i++) {
      for (const other of b) {
        for (let k = 1; k < other.length; k++) {
          const t = meet(line[i - 1], line[i], other[k - 1], other[k])
          if (t !== null)
            add([
              line[i - 1][0] + (line[i][0] - line[i - 1][0]) * t,
              line[i - 1][1] + (line[i][1] - line[i - 1][1]) * t,
            ])
        }
      }
    }
  }
  let gap_m = points.length > 0 ? 0 : Infinity
  let nearest: LonLat | null = null
  for (const [from, to] of [
    [a, b],
    [b, a],
  ]) {
    for (const p of from.flat()) {
      const hit = nearestOnLines(p, to)
      if (!hit) continue
      const half = toLocalM(hit.point, p)
      if (hit.distance_m <= TOUCHING_M) add(fromLocalM([half[0] / 2, half[1] / 2], p))
      if (hit.distance_m < gap_m) {
        gap_m = hit.distance_m
        nearest = fromLocalM([half[0] / 2, half[1] / 2], p)
      }
    }
  }
  if (points.length === 0 && nearest) points.push(nearest)
  return { points, gap_m: gap_m <= TOUCHING_M ? 0 : gap_m }
}

/** Streets of one name that may be meant: only one of them meets the other street. */
const NAMESAKES = 10

const closeness = (gap_m: number) =>
  gap_m <= TOUCHING_M ? 1 : gap_m <= 120 ? 0.85 : gap_m <= NOT_MEETING_M ? 0.6 : 0.25

/** Streets named by some words, best first. */
function streets(index: GazetteerIndex, tokens: readonly Token[], limit: number): Match[] {
  const query = prepareQuery(index, tokens, tokens.map((each) => each.text).join(' '))
  const found = match(index, query, { types: new Set(['street']), limit })
  return found.filter((each, i) => each.score >= (i < 4 ? 0.5 : Math.max(0.5, found[0].score * 0.85)))
}

/** Places where the words could be parted into two streets: at a joiner, a dash, slash or comma, a second "jalan", or anywhere. */
function splits(tokens: readonly Token[], anywhere: boolean): [left: Token[], right: Token[]][] {
  const out: [Token[], Token[]][] = []
  const part = (from: number, to: number) => {
    // what was said before "jalan" is not part of the street's name
    const mark = tokens.findLastIndex((each, i) => i < from - 1 && each.kind === 'street_mark')
    const left = tokens.slice(mark + 1, from)
    const right = tokens.slice(to)
    const solid = (side: readonly Token[]) =>
      side.some((each) => each.kind === 'word' || each.kind === 'class' || each.kind === 'title')
    if (solid(left) && solid(right)) out.push([left, right])
  }
  tokens.forEach((token, i) => {
    if (i > 0 && token.kind === 'joiner') part(i, i + 1)
    else if (i > 0 && (/[-/&+,]/.test(token.gap) || token.kind === 'street_mark')) part(i, i)
  })
  if (anywhere && out.length === 0) for (let i = 1; i < tokens.length && i < 8; i++) part(i, i)
  return out
}

/** "Kartini ketemu Sudirman" and "jl kartini dan jl sudirman" name a crossing too. */
function isMeeting(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i]
  if (token.kind !== 'joiner') return false
  const isStreet = (each: Token) => each.kind === 'street_mark'
  return token.text === 'temu' || (isStreet(tokens[i + 1] ?? token) && tokens.slice(0, i).some(isStreet))
}

/** Where the words name a crossing: "perempatan", or two streets said to meet; -1 where they do not. */
export function crossingWordAt(tokens: readonly Token[]): number {
  const word = tokens.findIndex((each) => each.kind === 'crossing')
  return word >= 0 ? word : tokens.findIndex((_, i) => isMeeting(tokens, i))
}

/**
 * Reads a question as a crossing of two streets, best first; empty when it is none. With only one street named after
 * "perempatan", its crossings with all others.
 */
export function readCrossings(index: GazetteerIndex, tokens: readonly Token[]): CrossingMatch[] {
  const at = crossingWordAt(tokens)
  const named = at >= 0
  // "Kartini perempatan Sudirman": the word itself parts the streets; else they follow it
  const solid = (side: readonly Token[]) => side.some((each) => each.kind === 'word')
  const after = tokens.slice(at + 1)
  const between = named && solid(tokens.slice(0, at)) && solid(after)
  const body = !named
    ? [...tokens]
    : between
      ? tokens.map((each, i) => (i === at ? { ...each, kind: 'joiner' as const } : each))
      : solid(after)
        ? after
        : tokens.slice(0, at)
  const found = new Map<string, CrossingMatch>()
  for (const [left, right] of [...splits(body, named), ...(between ? splits(after, true) : [])]) {
    const a = streets(index, left, NAMESAKES)
    const b = a.length > 0 ? streets(index, right, NAMESAKES) : []
    for (const first of a) {
      for (const second of b) {
        if (first.entry === second.entry) continue
        const crossing = crossingOf(index, first.entry, second.entry)
        if (!crossing) continue
        const fit = Math.sqrt(first.score * second.score)
        const score = fit * closeness(crossing.gap_m)
        const key = [first.entry, second.entry].sort((x, y) => x - y).join('/')
        if (score > (found.get(key)?.score ?? 0.2))
          found.set(key, { ...crossing, a: first.entry, b: second.entry, score, fit, named })
      }
    }
  }
  if (named && found.size === 0 && body.length > 0)
    for (const each of crossingsOfOne(index, body)) found.set(`${each.a}/${each.b}`, each)
  return [...found.values()].sort((x, y) => y.score - x.score).slice(0, 8)
}

/** All true crossings of the one street named. */
function crossingsOfOne(index: GazetteerIndex, body: readonly Token[]): CrossingMatch[] {
  const [one] = streets(index, body, 1)
  if (!one || one.score < 0.7) return []
  const box = index.streetBoxes.get(one.entry) as Box
  const out: CrossingMatch[] = []
  for (const [i, other] of index.streetBoxes) {
    if (i === one.entry) continue
    if (
      other[0] > box[2] + 0.001 ||
      other[2] < box[0] - 0.001 ||
      other[1] > box[3] + 0.001 ||
      other[3] < box[1] - 0.001
    )
      continue
    const crossing = crossingOf(index, one.entry, i)
    if (crossing && crossing.gap_m === 0)
      out.push({ ...crossing, a: one.entry, b: i, score: one.score * 0.8, fit: one.score, named: true })
  }
  return out
}
