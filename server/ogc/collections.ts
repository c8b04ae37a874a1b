import { cells } from './cells.ts'
import { coverage } from './coverage.ts'
import { districts } from './districts.ts'
import { hotspots } from './hotspots.ts'
import { incidents } from './incidents.ts'
import type { Collection } from './types.ts'
import { units } from './units.ts'

/** Every layer that GIS programs can open, in the order in which they are listed. */
export const COLLECTIONS: readonly Collection[] = [incidents, units, districts, cells, hotspots, coverage]
