import { z } from 'zod'
import type { View } from '../../map/revival.ts'

const schema = z.object({ center: z.tuple([z.number(), z.number()]), zoom: z.number() })

/** Where the map of the page before looked; undefined when that is not known. */
export const view = (left: unknown): View | undefined => schema.safeParse(left).data
