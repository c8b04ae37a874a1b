import { textsOf } from '../../text/text.ts'
import { en } from './en.ts'
import { id } from './id.ts'

/** The admin page's frame; each tab has words of its own beside it. */
export const say = textsOf(id, en)
