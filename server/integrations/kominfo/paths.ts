import { z } from 'zod'
import { caseMessage } from '../../../geo/wire/case_message.ts'

/** A part of the case's JSON Schema. */
const scope = z.looseObject({
  get properties() {
    return z.record(z.string(), scope).optional()
  },
  get anyOf() {
    return z.array(scope).optional()
  },
  /** `false`: no more than the prefixItems. */
  get items() {
    return z.union([scope, z.literal(false).transform(() => undefined)]).optional()
  },
  get prefixItems() {
    return z.array(scope).optional()
  },
})
export type Scope = z.infer<typeof scope>

export const THE_CASE: Scope = scope.parse(z.toJSONSchema(caseMessage, { io: 'output', unrepresentable: 'any' }))

/** The part of a schema that a path (`place.location.coordinates.0`) leads to; null when there is none. */
export function hasPath(from: Scope, path: string): Scope | null {
  let at: Scope | null = plain(from)
  for (const step of path.split('.')) {
    const below: Scope | undefined = /^\d+$/.test(step)
      ? (at.prefixItems?.[Number(step)] ?? at.items)
      : at.properties && Object.hasOwn(at.properties, step)
        ? at.properties[step]
        : undefined
    if (!below) return null
    at = plain(below)
  }
  return at
}

/** What may be null is what it is otherwise. */
const plain = (of: Scope): Scope => of.anyOf?.find((each) => each.type !== 'null') ?? of
