import type { ModelledAgainstAchieved } from '../../../geo/wire/coverage.ts'

/** What may be said of the model: `few` when the cases tell nothing, `agrees` when chance explains the difference. */
export type Verdict = 'none' | 'few' | 'slower' | 'faster' | 'agrees'

export function verdictOf({
  n,
  ratio,
  ratio_low,
  ratio_high,
}: Pick<ModelledAgainstAchieved, 'n' | 'ratio' | 'ratio_low' | 'ratio_high'>): Verdict {
  if (n === 0) return 'none'
  if (ratio === null || ratio_low === null || ratio_high === null) return 'few'
  if (ratio_low > 1) return 'slower'
  return ratio_high < 1 ? 'faster' : 'agrees'
}
