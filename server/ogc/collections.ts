import { incidents } from './incidents.ts'
import { units } from './units.ts'
import type { Collection } from './types.ts'

/** Every layer that GIS programs can open, in the order in which they are listed. */
export const COLLECTIONS: readonly Collection[] = [incidents, units]
