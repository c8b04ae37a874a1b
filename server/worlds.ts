import type { Config } from './config.ts'

/** What a database holds, as sql/queries/installation_state.sql reads it. */
export interface InstallationState {
  has_real: boolean
}

/**
 * Whether an installation is a demo, whose world is simulated: as asked, else an embedded database that holds nothing real. Refuses to
 * mix. Called by main.ts, and by commands that write what only one world has.
 */
export function decideDemo(config: Config, embedded: boolean, state: InstallationState): boolean {
  if (config.demo === true && state.has_real)
    throw new Error(
      'SIAGA_DEMO=1 ditolak: basis data ini memuat kejadian sungguhan. Pakai SIAGA_DEMO=0, atau SIAGA_DATA / DATABASE_URL lain untuk demo.',
    )
  return config.demo ?? (embedded && !state.has_real)
}
