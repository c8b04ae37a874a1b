import { say } from '../text/say.ts'
import { reasonOf } from '../../state/api.ts'
import type { Answer } from '../../state/api.ts'
import type { Fields } from './intake.ts'

type Refusal = Extract<Answer<unknown>, { away: false }>

/** Whether the same may simply be sent again: nobody answered, or nobody is signed in. */
export const isPassing = (answer: Exclude<Answer<unknown>, { ok: true }>): boolean =>
  answer.away || answer.status === 401 || answer.status === 403

/** A refusal in words. */
export const noticeOf = ({ status, problem }: Refusal) =>
  status === 401 ? say('session_over') : say('refused', { reason: reasonOf(problem) })

/** What an incident needs and the form lacks, by field. `words_suffice`: no pin needed. */
export function missing(fields: Fields, words_suffice: boolean): Record<string, string> {
  const located = fields.pin?.settled || (words_suffice && fields.place_text.trim() !== '')
  return {
    ...(fields.incident_type === '' ? { incident_type: say('type_hint') } : {}),
    ...(located ? {} : { location: say('pin_missing') }),
  }
}
