import { textsOf } from '../../text/text.ts'
import { en } from './en.ts'
import { id } from './id.ts'
import { trends_en } from './trends_en.ts'
import { trends_id } from './trends_id.ts'

/** The words of the planner's page, beside the common ones of client/text. */
export const say = textsOf(id, en)
/** Trend classes: `name`, `code` (two letters on the map) and `why`, one sentence. */
export const sayTrend = textsOf(trends_id, trends_en)
