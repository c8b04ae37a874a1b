/**
 * The index of satisfaction (SKM, Survei Kepuasan Masyarakat) of PermenPANRB 14/2017: nine elements scored 1 to 4, weighted 1/9 each,
 * times 25.
 */
export const SKM_ELEMENTS = [
  'requirements',
  'procedure',
  'time',
  'cost',
  'product',
  'competence',
  'behaviour',
  'complaints',
  'facilities',
] as const
export type SkmElement = (typeof SKM_ELEMENTS)[number]

/** How many respondents gave 1, 2, 3 and 4. */
export type ScoreCounts = readonly [number, number, number, number]
export type Grade = 'A' | 'B' | 'C' | 'D'

/** Fewer answers than this and nothing is told but their number: nobody's answer may be worked out. */
const SKM_TELL_FROM = 5
/** Fewer than this and no grade is given: a planning value, below which one respondent moves the index by a grade too easily. */
const SKM_GRADE_FROM = 30

/** Lowest index of each grade, in hundredths; the regulation's table has two decimals and no gap between 88.30 and 88.31. */
const GRADES: readonly [Grade, number][] = [
  ['A', 8831],
  ['B', 7661],
  ['C', 6500],
  ['D', 2500],
]

/**
 * The index of n scores that add up to `sum`, in hundredths, rounded half up. Whole numbers all the way, so that 88.305 is 88.31 on
 * every machine. Null without scores.
 */
export const indexHundredths = (sum: number, n: number): number | null =>
  n > 0 ? Math.floor((2 * 2500 * sum + n) / (2 * n)) : null

/** The grade of an index in hundredths (88.30 is a B, 88.31 an A); null outside 25 to 100. */
export const gradeOf = (hundredths: number): Grade | null =>
  hundredths > 10_000 ? null : (GRADES.find(([, least]) => hundredths >= least)?.[0] ?? null)

/**
 * How many respondents the regulation asks for out of `population` (the table of Krejcie and Morgan 1970: chi-square 3.841, P = 0.5,
 * d = 0.05), rounded to the nearest as in the table.
 */
export function sampleNeeded(population: number): number {
  if (population <= 0) return 0
  const chi = 3.841
  return Math.min(population, Math.round((chi * population * 0.25) / (0.0025 * (population - 1) + chi * 0.25)))
}

export interface SkmFigures {
  /** Respondents. */
  n: number
  /** `none`: no answer; `hidden`: too few to tell anything; `no_grade`: index without a grade; `graded`. */
  state: 'none' | 'hidden' | 'no_grade' | 'graded'
  /** 25 to 100, two decimals; null when none or hidden. */
  index: number | null
  grade: Grade | null
  elements: {
    element: SkmElement
    /** 1 to 4; null as `index`. */
    mean: number | null
    index: number | null
    grade: Grade | null
    counts: ScoreCounts | null
  }[]
}

/** The figures of nine elements, each with how many respondents gave which score. Every respondent scores all nine. */
export function skmFigures(elements: readonly ScoreCounts[]): SkmFigures {
  const of = (counts: ScoreCounts | undefined) => counts ?? ([0, 0, 0, 0] as const)
  const totals = SKM_ELEMENTS.map((_, i) => of(elements[i]))
  const sum = (counts: ScoreCounts) => counts.reduce((total, n, i) => total + n * (i + 1), 0)
  const n = totals[0].reduce((total, each) => total + each, 0)
  const state = n === 0 ? 'none' : n < SKM_TELL_FROM ? 'hidden' : n < SKM_GRADE_FROM ? 'no_grade' : 'graded'
  const told = state === 'no_grade' || state === 'graded'
  const judge = (total: number, scores: number) => {
    const hundredths = told ? indexHundredths(total, scores) : null
    return {
      index: hundredths === null ? null : hundredths / 100,
      grade: hundredths === null || state !== 'graded' ? null : gradeOf(hundredths),
    }
  }
  return {
    n,
    state,
    ...judge(
      totals.reduce((total, counts) => total + sum(counts), 0),
      n * SKM_ELEMENTS.length,
    ),
    elements: SKM_ELEMENTS.map((element, i) => ({
      element,
      mean: told ? sum(totals[i]) / n : null,
      ...judge(sum(totals[i]), n),
      counts: told ? totals[i] : null,
    })),
  }
}
