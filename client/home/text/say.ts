import { textsOf } from '../../text/text.ts'
import { en } from './en.ts'
import { id } from './id.ts'

/** The words of the start page, beside the common ones of client/text. */
export const say = textsOf(id, en)
