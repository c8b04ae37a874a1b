import { textsOf } from '../../../text/text.ts'
import { en } from './en.ts'
import { id } from './id.ts'

export const say = textsOf(id, en)
