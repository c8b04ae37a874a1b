import type { LonLat } from '../earth.ts'
import { awayM, crossingResults, positionResult, related, resultOf } from './answer.ts'
import { isArea } from './area_entries.ts'
import { calibrate, question, withoutRepeats } from './choose.ts'
import { clausesOf, together } from './clauses.ts'
import { readCoordinates, type ReadPosition } from './coordinates.ts'
import { crossingWordAt, NOT_MEETING_M, readCrossings } from './crossing.ts'
import { sayNeighbourhood, withNumbers, type SaidNumbers } from './house_number.ts'
import type { GazetteerIndex } from './index.ts'
import { readLink, type Link } from './links.ts'
import { match, type Match } from './match.ts'
import { readQuestion } from './mend.ts'
import { inNeighbourhood } from './neighbourhood.ts'
import { outsideResult, readOutside } from './outside.ts'
import { findPlusCode, readPlusCode } from './pluscode.ts'
import { prepareQuery } from './query.ts'
import { readRelation } from './relation.ts'
import { queryTokens, readNumbers, type Token } from './tokens.ts'
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

const UNREAD: Readonly<Record<'short' | 'words3' | 'invalid', GeocodeAnswer>> = {
  short: nothing(
    'short_link',
    'Tautan pendek tidak dapat dibaca tanpa internet: minta penelepon membagikan koordinatnya.',
  ),
  words3: nothing('unreadable', 'Alamat What3Words tidak dapat dibaca di sini: minta koordinat atau nama tempatnya.'),
  invalid: nothing('invalid_coordinates', 'Koordinat pada tautan tidak masuk akal: minta dikirim ulang.'),
}

/**
 * Where what a caller said may be, best first. Never throws for what a citizen says: an empty `results` carries a
 * `reason`. Throws {@link AddressError} for a `limit` outside 1..50 or a `near` that is no position.
 * A place outside the city gives exactly one result, with `inside_city` false.
 */
export function geocode(index: GazetteerIndex, asked: string, options: GeocodeOptions = {}): GeocodeAnswer {
  const { limit = 5, near = null } = options
  if (typeof asked !== 'string') throw new AddressError('invalid_query', 'q must be text')
  if (!Number.isInteger(limit) || limit < 1 || limit > 50)
    throw new AddressError('invalid_limit', 'limit must be a whole number from 1 to 50')
  if (near) checkPosition(near)
  // marks of writing direction and the like stand inside what phones copy, and mean nothing
  const text = asked.replace(/\p{Cf}/gu, '')
  if (!/[\p{L}\p{N}]/u.test(text)) return nothing('empty', 'Di mana lokasinya?')
  if (text.length > LONGEST_QUESTION)
    return nothing('too_long', 'Teks terlalu panjang: sebutkan nama jalan, kelurahan, atau bangunan saja.')
  const finish = (results: GeocodeResult[]): GeocodeAnswer => ({
    results: near ? results.map((result) => ({ ...result, distance_m: awayM(result, near) })) : results,
    ask: results[0]?.ask ?? question(results),
    reason: results.length > 0 ? null : 'not_found',
  })
  const position = fromPosition(index, text)
  if (position && 'words' in position) return fromLinkWords(index, position, options)
  if (position && 'reason' in position) return position
  if (position) return finish([position])
  if (/^[\p{N}\p{P}\p{S}\s]+$/u.test(text)) return nothing('number_only', askForNumber(text))
  const said = readNumbers(text)
  const results = fromWords(index, text, limit, near, said).map((result) => withNumbers(result, said))
  const spoken = sayNeighbourhood(said)
  return results.length === 0 && spoken ? nothing('not_found', `${spoken} di kelurahan apa?`) : finish(results)
}

/** Numbers alone lead nowhere; a telephone number is told from a house's. */
function askForNumber(text: string): string {
  return text.replace(/\D/g, '').length >= 7
    ? 'Itu tampak seperti nomor telepon, bukan tempat: di mana lokasinya?'
    : 'Angka saja tidak menunjuk tempat: di jalan apa, atau RT/RW dan kelurahan apa?'
}

/** Throws {@link AddressError} unless p is a longitude and latitude in range. */
export function checkPosition(p: readonly number[]): void {
  const [lon, lat] = p
  if (!Number.isFinite(lon) || !Number.isFinite(lat) || Math.abs(lon) > 180 || Math.abs(lat) > 90) {
    throw new AddressError('invalid_position', 'lon must lie in -180..180 and lat in -90..90')
  }
}

/** Words to look up in a link's place: what it holds, or what was said beside one that cannot be read. */
interface LinkWords {
  words: string
  why: string
  /** The answer where the words lead nowhere. */
  otherwise: GeocodeAnswer
}

function fromLinkWords(
  index: GazetteerIndex,
  { words, why, otherwise }: LinkWords,
  options: GeocodeOptions,
): GeocodeAnswer {
  const answer = geocode(index, words.replace(/https?:\/\/\S+|geo:/gi, ' ').slice(0, LONGEST_QUESTION), options)
  if (answer.results.length === 0) return otherwise
  return { ...answer, results: answer.results.map((result) => ({ ...result, why: [...result.why, why] })) }
}

/** A link decides over the words beside it; `why` keeps that they were said. */
function fromLink(index: GazetteerIndex, link: Link): GeocodeResult | GeocodeAnswer | LinkWords {
  const { beside } = link
  const spoken = queryTokens(beside).some((each) => each.kind !== 'filler' && each.kind !== 'relation')
  if (link.kind === 'point') {
    const result = ofPosition(index, link.position)
    return spoken ? { ...result, why: [...result.why, `disebut juga: “${beside.slice(0, 120)}”`] } : result
  }
  if (link.kind === 'text')
    return {
      words: link.text,
      why: 'nama pada tautan, tanpa koordinat',
      otherwise: nothing(
        'not_found',
        `“${link.text.slice(0, 80)}” pada tautan tidak dikenal: di jalan apa atau dekat bangunan apa?`,
      ),
    }
  const otherwise = UNREAD[link.kind]
  return spoken ? { words: beside, why: otherwise.ask?.split(':')[0] ?? '', otherwise } : otherwise
}

/** Links and geo: URIs, plus codes and coordinates. */
function fromPosition(index: GazetteerIndex, text: string): GeocodeResult | GeocodeAnswer | LinkWords | null {
  const { centre } = index.areas
  // a link to a plus code is the code
  const coded = /\bplus\.codes\//i.test(text)
  const link = coded ? null : readLink(text, centre)
  if (link) return fromLink(index, link)
  const code = findPlusCode(coded ? text.replace(/%2b/gi, '+') : text)
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

function fromWords(
  index: GazetteerIndex,
  text: string,
  limit: number,
  near: LonLat | null,
  said: SaidNumbers,
): GeocodeResult[] {
  const { tokens, relation } = readRelation(readQuestion(index, text))
  if (tokens.length === 0) return []
  const whole = readings(index, tokens, text, limit)
  if ('outside' in whole) return whole.outside ? [whole.outside] : []
  const ranked = rank(withBoth(index, tokens, whole.results, limit), limit, near)
  if (ranked.length === 0) return []
  // One answer outside closes the question; a gazetteer may know places beyond the border too.
  if (!ranked[0].inside_city) {
    const { point, name, district, county, accuracy_m, score, why } = ranked[0]
    return [outsideResult(index, point, { name, district: district ?? name, county, accuracy_m, score, why })]
  }
  const answers = ranked
    .filter((each) => each.inside_city)
    .flatMap((each) => inNeighbourhood(index, each, said))
    .slice(0, limit)
    .map((each) => related(index, each, relation))
  return answers[0].inside_city ? answers : answers.slice(0, 1)
}

/** What some words may mean, by how well it fits and in no order; or the one place outside that they name (null: they name nothing). */
function readings(
  index: GazetteerIndex,
  tokens: readonly Token[],
  text: string,
  limit: number,
): { results: GeocodeResult[] } | { outside: GeocodeResult | null } {
  const query = prepareQuery(index, tokens, text)
  // nothing said, or the city's own name alone (or a town's that is spelt much like it)
  if (query.total < TELLING && query.mentions.length === 0) {
    const town = readOutside(index, query, undefined)
    return { outside: town }
  }
  const matches = match(index, query, { limit: Math.max(30, limit * 3) })
  const lone = matches[0]?.score ?? 0
  // where no crossing was named, two streets would have to fit better than one thing does
  const mayCross = lone < CROSSING_LEAD || crossingWordAt(tokens) >= 0
  const crossings = mayCross ? readCrossings(index, tokens) : []
  const bestCrossing = crossings[0]
  const isCrossing =
    bestCrossing &&
    (bestCrossing.named
      ? bestCrossing.score > 0.4 || bestCrossing.gap_m > NOT_MEETING_M
      : bestCrossing.score > 0.78 && lone < bestCrossing.score - 0.05)
  // two streets of the city that meet are no town elsewhere, even where a street is named after one, unless a regency is named
  const regency = tokens.some((each) => each.kind === 'regency_mark')
  const outside =
    isCrossing && !regency && (bestCrossing.named ? bestCrossing.fit : bestCrossing.score) > 0.7
      ? null
      : readOutside(index, query, matches[0])
  if (outside) return { outside }
  // a number alone names nothing: everything that is counted has one
  const named = (each: Match) =>
    query.words.some((word, q) => each.used[q] && word.kind !== 'number') && !(query.vague && isWide(index, each))
  const found = matches
    .filter((each) => each.score >= LEAST_FIT && named(each))
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
  return { results }
}

/** "kali" is neither Kel. Kali Baros nor Jl. Kali Loji: a sort of thing alone names no street and no area. */
const isWide = (index: GazetteerIndex, { entry }: Match) =>
  ['street', 'kelurahan', 'kecamatan'].includes(index.entries[entry].type)

/** Below this even the best reading of the whole question leaves a doubt that its parts may settle. */
const DOUBTFUL = 0.8
/** What is said beyond these parts seldom names the place. */
const MOST_CLAUSES = 4
/** Two parts that fit so well and lie apart contradict each other: both are shown. */
const EACH_FITS = 0.8

/** The readings of a question, led by what two of its parts agree on where the whole leaves a doubt. */
function withBoth(
  index: GazetteerIndex,
  tokens: readonly Token[],
  whole: readonly GeocodeResult[],
  limit: number,
): readonly GeocodeResult[] {
  const clauses = clausesOf(tokens)
  if (clauses.length < 2 || (rank(whole, limit, null)[0]?.score ?? 0) >= DOUBTFUL) return whole
  const [first, second] = clauses
    .slice(0, MOST_CLAUSES)
    .map((clause) => {
      const read = readings(index, clause, clause.map((each) => each.text).join(' '), limit)
      return 'results' in read ? read.results : []
    })
    // "jl sutomo, baros": an area limits what the whole question names
    .filter((results) => results[0] && !isArea(results[0]))
  if (!second) return whole
  const both = together(first, second)
  // what the whole question says of the same places is no rival of it
  if (both.length > 0) return [...both, ...whole.map((each) => ({ ...each, score: each.score * both[0].score * 0.8 }))]
  const apart = [first[0], second[0]].filter((each) => each && each.score >= EACH_FITS && !isArea(each))
  const most = Math.max(0, ...whole.map((each) => each.score))
  return apart.length === 2 ? [...whole, ...apart.map((each) => ({ ...each, score: most }))] : whole
}

/** The likeliest readings with their probability, best first. */
const rank = (results: readonly GeocodeResult[], limit: number, near: LonLat | null): GeocodeResult[] =>
  results.length === 0
    ? []
    : calibrate(withoutRepeats([...results].sort((a, b) => b.score - a.score)).slice(0, Math.max(limit, 12)), near)
