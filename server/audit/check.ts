import type { Executor } from '../db/database.ts'
import { holdAgainst, readAnchors } from './anchors.ts'
import { walkChain } from './chain.ts'

export interface Checked {
  seq: number
  hash: string
  /** Heads noted outside the database that the log was held against. */
  anchors: number
}

/** The whole check of `npm run audit:verify` and of each night: the chain, then what was noted of it. Throws BrokenLog at what is not whole. */
export async function checkLog(
  db: Executor,
  anchors_file: string,
  each?: (seq: number) => Promise<void> | void,
): Promise<Checked> {
  const anchors = readAnchors(anchors_file)
  const head = await walkChain(db, each)
  return { ...head, anchors: await holdAgainst(db, anchors) }
}
