import type { Executor } from '../db/database.ts'
import { holdAgainst, readAnchors, type Held } from './anchors.ts'
import { walkChain } from './chain.ts'
import { restoresOf, type Restore } from './restores.ts'

export interface Checked extends Held {
  seq: number
  hash: string
  restores: Restore[]
}

/** The whole check of `npm run audit:verify` and of each night: the chain, then what was noted of it. Throws BrokenLog at what is not whole. */
export async function checkLog(
  db: Executor,
  anchors_file: string,
  each?: (seq: number) => Promise<void> | void,
): Promise<Checked> {
  const anchors = readAnchors(anchors_file)
  const head = await walkChain(db, each)
  const restores = await restoresOf(db, anchors)
  return { ...head, ...(await holdAgainst(db, anchors, restores)), restores }
}
