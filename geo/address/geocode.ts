import type { LonLat } from '../earth.ts'
import { awayM, crossingResults, positionResult, related, resultOf } from './answer.ts'
import { calibrate, question, withoutRepeats } from './choose.ts'
import { readCoordinates, type ReadPosition } from './coordinates.ts'
import { NOT_MEETING_M, readCrossings } from './crossing.ts'
import type { GazetteerIndex } from './index.ts'
import { readLink } from './links.ts'
import { match } from './match.ts'
import { readQuestion } from './mend.ts'
import { outsideResult, readOutside } from './outside.ts'
import { findPlusCode, readPlusCode } from './pluscode.ts'
import { prepareQuery } from './query.ts'
import { readRelation } from './relation.ts'
import { AddressError, type GeocodeAnswer, type GeocodeOptions, type GeocodeResult, type Reason } from './types.ts'

/** Longer is not something said on the phone. */
export const LONGEST_QUESTION = 1000
/** Answers that fit worse than this are noise. */
const LEAST_FIT = 0.34
/** A single thing that fits so well is meant, and no crossing that nobody named. */
const CROSSING_LEAD = 0.94
/** A question whose words weigh less names nothing; "kota pekalongan" does not. */
const TELLING = 0.25
/** An entry called no more than "Masjid" is hardly the mosque that a caller leaves unnamed. */
const VAGUE_FIT = 0.6

function nothing(reason: Reason, ask: string): GeocodeAnswer {
  return { results: [], ask, reason }
}

/**
 * Where what a caller said may be, best first. Never throws for what a citizen says: an empty `results` carries a
 * `reason`. Throws {@link AddressError} for a `limit` outside 1..50 or a `near` that is no position.
 * A place outside the city gives exactly one result, with `inside_city` false.
 */
export function geocode(index: GazetteerIndex, text: string, options: GeocodeOptions = {}): GeocodeAnswer {
  const { limit = 5, near = null } = options
  if (typeof text !== 'string') throw new AddressError('invalid_query', 'q must be text')
  if (!Number.isInteger(limit) || limit < 1 || limit > 50)
    throw new AddressError('invalid_limit', 'limit must be a whole number from 1 to 50')
  if (near) checkPosition(near)
  if (!/[\p{L}\p{N}]/u.test(text)) return nothing('empty', 'Di mana lokasinya?')
  if (text.length > LONGEST_QUESTION)
    return nothing('too_long', 'Teks terlalu panjang: sebutkan nama jalan, kelurahan, atau bangunan saja.')
  const finish = (results: GeocodeResult[]): GeocodeAnswer => ({
    results: near ? results.map((result) => ({ ...result, distance_m: awayM(result, near) })) : results,
    ask: question(results),
    reason: results.length > 0 ? null : 'not_found',
  })
  const position = fromPosition(index, text)
  if (position && 'words' in position) return geocode(index, position.words.slice(0, LONGEST_QUESTION), options)
  if (position && 'reason' in position) return position
  if (position) return finish([position])
  return finish(fromWords(index, text, limit, near))
}

/** Throws {@link AddressError} unless p is a longitude and latitude in range. */
export function checkPosition(p: readonly number[]): void {
  const [lon, lat] = p
  if (!Number.isFinite(lon) || !Number.isFinite(lat) || Math.abs(lon) > 180 || Math.abs(lat) > 90) {
    throw new AddressError('invalid_position', 'lon must lie in -180..180 and lat in -90..90')
  }
}

/** Links, geo: URIs, plus codes and coordinates; the words of a link that holds only words. */
function fromPosition(index: GazetteerIndex, text: string): GeocodeResult | GeocodeAnswer | { words: string } | null {
  const { centre } = index.areas
  const link = readLink(text, centre)
  if (link?.kind === 'text') return { words: link.text.replace(/https?:\/\/\S+/gi, ' ') }
  if (link?.kind === 'short')
    return nothing(
      'short_link',
      'Tautan pendek tidak dapat dibaca tanpa internet: minta penelepon membagikan koordinatnya.',
    )
  if (link?.kind === 'invalid')
    return nothing('invalid_coordinates', 'Koordinat pada tautan tidak masuk akal: minta dikirim ulang.')
  if (link?.kind === 'point') return ofPosition(index, link.position)
  const code = findPlusCode(text)
  if (code) {
    const rest = text.replace(new RegExp(code.replace('+', '\\+'), 'i'), ' ')
    // a short code is completed by the town named beside it, else by the city
    const town = /[a-z]{3}/i.test(rest)
      ? readOutside(index, prepareQuery(index, readQuestion(index, rest), rest), undefined)
      : null
    const cell = readPlusCode(code, town?.point ?? centre)
    if (cell)
      return positionResult(index, cell.centre, Math.max(5, Math.round(cell.lat_degrees * 55_600)), 0.97, [
        `plus code ${code}`,
      ])
  }
  const read = readCoordinates(text, centre)
  if (read === 'invalid')
    return nothing('invalid_coordinates', 'Koordinat tidak masuk akal: ulangi lintang dan bujurnya.')
  return read && ofPosition(index, read)
}

function ofPosition(index: GazetteerIndex, read: ReadPosition): GeocodeResult {
  const mended = read.why.length > 1
  const result = positionResult(index, read.point, Math.round(read.accuracy_m), mended ? 0.85 : 0.98, read.why)
  return read.alternative ? { ...result, alternative: read.alternative } : result
}

function fromWords(index: GazetteerIndex, text: string, limit: number, near: LonLat | null): GeocodeResult[] {
  const { tokens, relation } = readRelation(readQuestion(index, text))
  if (tokens.length === 0) return []
  const query = prepareQuery(index, tokens, text)
  // nothing said, or the city's own name alone (or a town's that is spelt much like it)
  if (query.total < TELLING && query.mentions.length === 0) {
    const town = readOutside(index, query, undefined)
    return town ? [town] : []
  }
  const matches = match(index, query, { limit: Math.max(30, limit * 3) })
  const lone = matches[0]?.score ?? 0
  // where no crossing was named, two streets would have to fit better than one thing does
  const mayCross = lone < CROSSING_LEAD || tokens.some((each) => each.kind === 'crossing')
  const crossings = mayCross ? readCrossings(index, tokens) : []
  const bestCrossing = crossings[0]
  const isCrossing =
    bestCrossing &&
    (bestCrossing.named
      ? bestCrossing.score > 0.4 || bestCrossing.gap_m > NOT_MEETING_M
      : bestCrossing.score > 0.78 && lone < bestCrossing.score - 0.05)
  // two streets of the city that meet are no town elsewhere, even where a street is named after one
  const outside = isCrossing && bestCrossing.score > 0.7 ? null : readOutside(index, query, matches[0])
  if (outside) return [outside]
  const found = matches
    .filter((each) => each.score >= LEAST_FIT)
    .slice(0, Math.max(limit * 2, 16))
    .map((each) => resultOf(index, query.vague ? { ...each, score: each.score * VAGUE_FIT } : each))
  const results = isCrossing
    ? [
        ...crossings
          .filter((each) => each === bestCrossing || each.gap_m <= NOT_MEETING_M)
          .flatMap((each) => crossingResults(index, each)),
        ...found
          .filter((each) => each.type === 'street')
          .map((each) => ({ ...each, score: each.score * Math.min(0.8, bestCrossing.score * 0.8) })),
      ]
    : found
  if (results.length === 0) return []
  const ranked = calibrate(
    withoutRepeats([...results].sort((a, b) => b.score - a.score)).slice(0, Math.max(limit, 12)),
    near,
  )
  // One answer outside closes the question; a gazetteer may know places beyond the border too.
  if (!ranked[0].inside_city) {
    const { point, name, district, county, accuracy_m, score, why } = ranked[0]
    return [outsideResult(index, point, { name, district: district ?? name, county, accuracy_m, score, why })]
  }
  const answers = ranked
    .filter((each) => each.inside_city)
    .slice(0, limit)
    .map((each) => related(index, each, relation))
  return answers[0].inside_city ? answers : answers.slice(0, 1)
}
