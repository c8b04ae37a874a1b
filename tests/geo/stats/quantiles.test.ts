import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { kaplanMeier, quantileOf } from '../../../geo/stats/kaplan_meier.ts'

const read = <T extends z.ZodType>(name: string, shape: T): z.output<T> =>
  shape.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, `../../golden/r/${name}.json`), 'utf8')))

it('percentiles of a Kaplan-Meier curve are those of R’s survfit', () => {
  const { curves } = read(
    'kaplan_meier',
    z.object({ curves: z.array(z.object({ seconds: z.array(z.number()), ended: z.array(z.boolean()) })) }),
  )
  const { shares, quantiles } = read(
    'km_quantiles',
    z.object({ shares: z.array(z.number()), quantiles: z.array(z.array(z.number().nullable())) }),
  )
  expect(quantiles).toHaveLength(curves.length)
  expect(quantiles.some((row) => row.includes(null)) && quantiles.some((row) => row[1] !== null)).toBe(true)
  curves.forEach(({ seconds, ended }, i) => {
    const steps = kaplanMeier(seconds.map((each, j) => ({ seconds: each, ended: ended[j] })))
    const last = steps.at(-1)?.survival ?? 1
    shares.forEach((share, k) => {
      const ours = quantileOf(steps, share)
      // Where a curve ends at exactly that share R goes on to the last one running, we do not.
      const rests = Math.abs(last - (1 - share)) < 1e-9 && ours !== null && last > 0
      expect(rests ? (ours + Math.max(...seconds)) / 2 : ours).toBe(quantiles[i][k])
    })
  })
})
