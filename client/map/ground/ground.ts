import type { SlaCell } from '../../../geo/wire/stats.ts'

/** What lies under incidents and units: nothing, or areas by their breached share. */
export type Ground = { kind: 'none' } | { kind: 'areas'; cells: readonly SlaCell[] }
