import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROLES } from '../../geo/wire/primitives.ts'
import { PERMISSIONS } from '../../server/auth/permissions.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')

describe('README', () => {
  it('names only files and folders that exist', () => {
    const named = [
      ...readme.matchAll(/`((?:client|server|geo|sql|tests|public)\/[\w./-]*)`|\]\((\.readme\/[^)]+)\)/g),
    ].map((m) => m[1] ?? m[2])
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = [...readme.matchAll(/`npm run ([\w:]+)/g)].map((m) => m[1])
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('prints the permissions as they are', () => {
    const printed = Object.fromEntries(
      [...readme.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \| ([^|]+) \|$/gm)].map(([, name, roles]) => [name, roles.trim()]),
    )
    const real = Object.fromEntries(
      Object.entries(PERMISSIONS).map(([name, roles]) => [
        name,
        roles.length === ROLES.length ? 'everyone' : roles.join(', '),
      ]),
    )
    expect(printed).toEqual(real)
  })
})
