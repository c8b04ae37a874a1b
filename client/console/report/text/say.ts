import { textsOf } from '../../../text/text.ts'
import { en } from './en.ts'
import { id } from './id.ts'

/** The words of reports, beside the console's own. */
export const say = textsOf(id, en)
