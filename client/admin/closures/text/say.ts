import { textsOf } from '../../../text/text.ts'
import { en } from './en.ts'
import { id } from './id.ts'

/** What the tab of closures says, beside the common words of client/text. */
export const say = textsOf(id, en)
