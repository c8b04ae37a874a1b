import { expect, it } from 'vitest'
import { answerIn, withAnswer } from '../../../client/console/call/answer_lines.ts'
import { INCIDENT_TYPES } from '../../../geo/city/incident_types.ts'
import { TYPE_QUESTIONS } from '../../../geo/city/type_questions.ts'

const TRAPPED = 'Ada yang terjebak?'
const GAS = 'Dekat gas atau bahan kimia?'

it('writes each answer on its own line, puts it right there, and takes it away again', () => {
  const first = withAnswer('api di dapur', TRAPPED, 'dua orang')
  expect(first).toBe('api di dapur\nAda yang terjebak? dua orang')
  const both = withAnswer(first, GAS, 'tabung 3 kg')
  expect(withAnswer(both, TRAPPED, 'sudah keluar')).toBe(
    'api di dapur\nAda yang terjebak? sudah keluar\nDekat gas atau bahan kimia? tabung 3 kg',
  )
  expect(withAnswer(both, TRAPPED, '')).toBe('api di dapur\nDekat gas atau bahan kimia? tabung 3 kg')
  expect(answerIn(both, GAS)).toBe('tabung 3 kg')
  expect(answerIn('api di dapur', GAS)).toBe('')
})

it('keeps every keystroke of an answer, spaces at its end too', () => {
  let description = ''
  for (const typed of ['d', 'du', 'dua', 'dua ', 'dua o']) {
    description = withAnswer(description, TRAPPED, typed)
    expect(answerIn(description, TRAPPED)).toBe(typed)
  }
})

it('has three to six short questions for every type, none a beginning of another of its type', () => {
  expect(Object.keys(TYPE_QUESTIONS).sort()).toEqual(INCIDENT_TYPES.map(({ code }) => code).sort())
  for (const questions of Object.values(TYPE_QUESTIONS)) {
    expect(questions.length).toBeGreaterThanOrEqual(3)
    expect(questions.length).toBeLessThanOrEqual(6)
    for (const [asked] of questions) {
      expect(asked.length).toBeLessThanOrEqual(40)
      expect(questions.filter(([other]) => other.startsWith(asked))).toHaveLength(1)
    }
  }
})
