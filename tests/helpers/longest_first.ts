import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, longest first: begun last, it would run on alone while the other workers have nothing left to do. */
const LONG = [
  'lifecycle',
  'demo/live',
  'demo/history',
  'backup',
  'kills',
  'accounts',
  'shift',
  'wall',
  'console',
  'accessible',
  'upgrade',
  'fuzz',
  'live',
  'bad_network',
  'together.embedded',
  'center_crash',
  'token',
]
const rank = ({ moduleId }: TestSpecification): number => {
  const at = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
  return at < 0 ? LONG.length : at
}

/** Begins with the files that are known to take long; the rest in vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
