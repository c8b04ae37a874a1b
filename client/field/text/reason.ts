import { ASSIGNMENT_STATUSES } from '../../../geo/wire/primitives.ts'
import { say } from './say.ts'

const STATUS = new RegExp(`\\b(${ASSIGNMENT_STATUSES.join('|')})\\b`, 'g')

/** A reason of the server as an officer reads it: statuses in words, a capital at its head. */
export function reasonWords(reason: string): string {
  const words = reason.replace(STATUS, (status) => {
    const known = ASSIGNMENT_STATUSES.find((one) => one === status)
    return known ? say(`as_${known}`) : status
  })
  return words.charAt(0).toUpperCase() + words.slice(1)
}
