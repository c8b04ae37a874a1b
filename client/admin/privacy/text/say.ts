import { textsOf } from '../../../text/text.ts'
import { en } from './en.ts'
import { id } from './id.ts'

/** The words of the tab of personal data, beside the common ones of client/text. */
export const say = textsOf(id, en)

/** What there is no word for (a store or a kind of look newer than this page) is told by its own name. */
export const sayOr = (prefix: 'store' | 'kind' | 'rule', name: string): string => {
  const key = `${prefix}_${name}`
  return key in id ? say(key as keyof typeof id) : name
}
