import { textsOf } from '../../../text/text.ts'
import { en } from './en.ts'
import { id } from './id.ts'

/** The replay's words in the page's language. */
export const say = textsOf(id, en)
