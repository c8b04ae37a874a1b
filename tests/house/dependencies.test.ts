import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const entry = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const lock = z
  .object({ packages: z.record(z.string(), entry) })
  .parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package-lock.json'), 'utf8')))
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const REGISTRY = 'https://registry.npmjs.org/'

/** What may be part of what is served. */
const LICENCES = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'OFL-1.1',
  'BlueOak-1.0.0',
  'Unlicense',
  '(MIT OR Apache-2.0)',
]
/** Looked at by hand: what the package itself says otherwise, or nothing of. */
const LICENCES_BY_NAME: Record<string, string | undefined> = {
  // Eclipse Distribution License 1.0 is BSD-3-Clause; the choice is ours
  'node_modules/jsts': '(EDL-1.0 OR EPL-1.0)',
  'node_modules/@turf/jsts': '(EDL-1.0 OR EPL-1.0)',
  // says nothing in package.json; its LICENSE.md is BSD
  'node_modules/arc': undefined,
  // misspelt BSD-3-Clause
  'node_modules/splaytree-ts': 'BDS-3-Clause',
}
/** Programs of development alone, none of whose code is served. */
const DEV_LICENCES = ['MPL-2.0']
/** The only ones that may run something when installed; npm asks before it lets them (esbuild: fetches its program). */
const INSTALL_SCRIPTS = ['node_modules/esbuild', 'node_modules/fsevents']

describe('every package of the lockfile', () => {
  it('comes from the registry, as the very bytes that were looked at', () => {
    expect(packages.length).toBeGreaterThan(100)
    const strange = packages.filter(
      ([, { resolved, integrity, link, version }]) =>
        link ||
        !/^sha512-[\w+/]{86}==$/.test(integrity ?? '') ||
        (resolved !== undefined && !resolved.startsWith(REGISTRY)) ||
        !/^\d+\.\d+\.\d+/.test(version ?? ''),
    )
    expect(strange.map(([path]) => path)).toEqual([])
  })

  it('is asked for by version, never by address', () => {
    const asked = Object.values(lock.packages).flatMap(({ dependencies, devDependencies, optionalDependencies }) =>
      Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }),
    )
    expect(
      asked.filter(([, version]) => /^(git|https?|file|github|link):|\//.test(version.replace(/^npm:@?[\w./-]+@/, ''))),
    ).toEqual([])
    // What we name ourselves stands at one version: an update is a change that somebody reads.
    const own = { ...lock.packages[''].dependencies, ...lock.packages[''].devDependencies }
    expect(Object.entries(own).filter(([, version]) => !/^(npm:[@\w/-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  it('runs nothing when it is installed, but for those named', () =>
    expect(
      packages
        .filter(([path, { hasInstallScript }]) => hasInstallScript && !INSTALL_SCRIPTS.includes(path))
        .map(([path]) => path),
    ).toEqual([]))

  it('may be used and passed on', () => {
    const refused = packages.filter(
      ([path, { license, dev }]) =>
        !(path in LICENCES_BY_NAME
          ? LICENCES_BY_NAME[path] === license
          : [...LICENCES, ...(dev ? DEV_LICENCES : [])].includes(license ?? '')),
    )
    expect(refused.map(([path, { license, dev }]) => `${path}: ${license ?? 'none'}${dev ? ' (dev)' : ''}`)).toEqual([])
  })
})
