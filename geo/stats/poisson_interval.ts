import { Z_95 } from './normal.ts'

/** 95 % bounds of the mean of a Poisson count, by Byar's approximation (Breslow and Day 1987): within 0.05 of the exact from 1 on. */
export function poissonInterval(n: number): { low: number; high: number } {
  const edge = (count: number, sign: number) =>
    count * (1 - 1 / (9 * count) + (sign * Z_95) / (3 * Math.sqrt(count))) ** 3
  // Byar's own upper bound is poor at none at all: the exact one, -ln(0.025).
  return n === 0 ? { low: 0, high: -Math.log(0.025) } : { low: edge(n, -1), high: edge(n + 1, 1) }
}
