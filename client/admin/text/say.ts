import { textsOf } from '../../text/text.ts'
import { en } from './en.ts'
import { id } from './id.ts'

/** The admin page's own words, beside the common ones of client/text. */
export const say = textsOf(id, en)
