import { readdirSync, readFileSync } from 'node:fs'

interface Seen {
  pid: number
  parent: number
  group: number
  state: string
}

/** Every process of the machine as /proc has it; one that ends meanwhile is left out. */
function seen(): Seen[] {
  return readdirSync('/proc').flatMap((id) => {
    if (!/^\d+$/.test(id)) return []
    try {
      const text = readFileSync(`/proc/${id}/stat`, 'utf8')
      // The name in parentheses may hold anything; behind it stand state, parent and group.
      const [state, parent, group] = text.slice(text.lastIndexOf(')') + 2).split(' ')
      return [{ pid: Number(id), parent: Number(parent), group: Number(group), state }]
    } catch {
      return []
    }
  })
}

/** Ids of a process's living children, oldest first. */
export const childrenOf = (parent: number): number[] =>
  seen()
    .filter((each) => each.parent === parent && each.state !== 'Z')
    .map(({ pid }) => pid)
    .sort((a, b) => a - b)

/** Ids of living processes of a group. */
export const processesInGroup = (group: number): number[] =>
  seen()
    .filter((each) => each.group === group && each.state !== 'Z')
    .map(({ pid }) => pid)

/** Sends a signal to those that still live; a negative id is a group. */
export function signal(ids: readonly number[], name: NodeJS.Signals): void {
  for (const id of ids)
    try {
      process.kill(id, name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
}

/** Ids of processes whose command line is such; one that ends meanwhile has none. */
export const processesThat = (says: (command: string) => boolean): number[] =>
  seen().flatMap(({ pid }) => {
    try {
      return says(readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ? pid : []
    } catch {
      return []
    }
  })
