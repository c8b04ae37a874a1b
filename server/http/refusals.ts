/** What is refused to protect the server itself, by the limit that refused it. */
export const REFUSALS = [
  'account',
  'positions',
  'anonymous',
  'open',
  'failed',
  'files',
  'origin',
  'sockets',
  'socket_messages',
  'connections',
  'broken_request',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** Counts refusals since the start, for the figures. */
export function createRefusals() {
  const counts = Object.fromEntries(REFUSALS.map((kind) => [kind, 0])) as Record<Refusal, number>
  return {
    count: (kind: Refusal): void => void counts[kind]++,
    counts: counts as Readonly<Record<Refusal, number>>,
  }
}
export type Refusals = ReturnType<typeof createRefusals>
