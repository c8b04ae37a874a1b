import type { GazetteerEntry } from './types.ts'

/** A street's name as people say it: with "Jl." where the layer leaves it out. */
export const streetName = ({ name }: GazetteerEntry): string =>
  /^(jl|jln|jalan|gg|gang)\b/i.test(name) ? name : `Jl. ${name}`
