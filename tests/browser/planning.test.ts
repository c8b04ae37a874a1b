import { readdirSync } from 'node:fs'
import { describe } from 'vitest'
import { openRoom, type Room } from '../helpers/room.ts'

/** The pages of planning share one room: each has a file `planning_<page>.ts` beside this one, whose exports put their `it` into it. */
const room = openRoom()
const files = readdirSync(import.meta.dirname).filter((name) => /^planning_\w+\.ts$/.test(name))

for (const file of files.sort()) {
  const made: Record<string, (room: Room) => void> = await import(`./${file}`)
  describe(file, () => {
    for (const tests of Object.values(made)) tests(room)
  })
}
