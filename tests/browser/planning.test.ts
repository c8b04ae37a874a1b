import { readdirSync } from 'node:fs'
import { describe } from 'vitest'
import { openRoom, type Room } from '../helpers/room.ts'

/** The pages of planning share one room: each has a file `planning_<page>.ts` beside this one, whose exports put their `it` into it. */
const room = openRoom()
const pages = readdirSync(import.meta.dirname).flatMap((name) => /^planning_(\w+)\.ts$/.exec(name)?.[1] ?? [])

for (const page of pages.sort()) {
  const made: Record<string, (room: Room) => void> = await import(`./planning_${page}.ts`)
  describe(page, () => {
    for (const tests of Object.values(made)) tests(room)
  })
}
