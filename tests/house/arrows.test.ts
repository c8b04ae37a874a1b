import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

/** Top-level folder → those it may import from, and what to do instead. */
const MAY_IMPORT: Record<string, { from: string[]; instead: string }> = {
  geo: { from: ['geo'], instead: 'geo/ is pure: pass the value in, or move the code to server/ or client/' },
  server: { from: ['server', 'geo', 'sql'], instead: 'shared code belongs in geo/' },
  client: { from: ['client', 'geo'], instead: 'talk to the server over the wire (geo/wire), or move the code to geo/' },
}
/** What makes a module impure, or ties it to one side. */
const IMPURE: [RegExp, string][] = [
  [
    /\bfrom '(node:[^']+|pg|ws|express|pino|@deck\.gl\/[^']+|@luma\.gl\/[^']+|maplibre-gl[^']*|svelte[^']*)'/,
    'geo/ has no I/O, pg, DOM or deck.gl',
  ],
  [/\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/, 'geo/ has no wall clock: take `now` as a parameter'],
  [/\bMath\.random\(|\bcrypto\./, 'geo/ has no randomness: take a generator as a parameter'],
  [/\b(window|document|localStorage|fetch|setTimeout|setInterval|process)\b[.(]/, 'geo/ has no surroundings'],
]

const files = (folder: string, ends: RegExp): string[] =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && ends.test(entry.name))
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    : []

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

describe('the house', () => {
  it('has only the rooms of its plan at the top', () => {
    const plan = [
      'client',
      'geo',
      'public',
      'server',
      'sql',
      'tests',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'vite.config.ts',
      'README.md',
      'LICENSE',
    ]
    const passing = ['dist', 'node_modules']
    const strangers = readdirSync(ROOT).filter(
      (name) => !name.startsWith('.') && !plan.includes(name) && !passing.includes(name),
    )
    expect(strangers).toEqual([])
  })

  it('imports along client → geo ← server → sql only', () => {
    const faults = Object.entries(MAY_IMPORT).flatMap(([room, { from, instead }]) =>
      files(room, /\.(ts|svelte|mjs)$/).flatMap((file) => {
        const text = readFileSync(join(ROOT, file), 'utf8')
        return (
          [...text.matchAll(/(?:from|import|glob(?:<[^>]*>)?\()\s*\(?'(\.[^']+)'/g)]
            .map(([, path]) => relative(ROOT, resolve(ROOT, dirname(file), path)).split('/')[0])
            // Started before anything is built, run.mjs and start.mjs import the built program.
            .filter((target) => !from.includes(target) && !(file.startsWith('server/bin/') && target === 'dist'))
            .map((target) => `${file} imports from ${target}/: ${instead}`)
        )
      }),
    )
    expect(faults).toEqual([])
  })

  it('keeps geo/ pure', () => {
    const faults = files('geo', /\.ts$/).flatMap((file) => {
      const text = withoutComments(readFileSync(join(ROOT, file), 'utf8'))
      return IMPURE.filter(([pattern]) => pattern.test(text)).map(([, reason]) => `${file}: ${reason}`)
    })
    expect(faults).toEqual([])
  })

  it('keeps SQL text in sql/', () => {
    const SQL =
      /[`'"]\s*(select\s+[\w*(]|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index|or\s+replace)\s|alter\s+table\s|with\s+\w+\s+as\s*\()/i
    const faults = [...files('server', /\.(ts|mjs)$/), ...files('geo', /\.ts$/), ...files('client', /\.(ts|svelte)$/)]
      .filter((file) => SQL.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))))
      .map((file) => `${file} holds SQL: put it in sql/queries/<name>.sql and call it by name`)
    expect(faults).toEqual([])
  })

  it('lets only server/config.ts read the environment', () => {
    const faults = files('server', /\.ts$/)
      .filter(
        (file) =>
          file !== 'server/config.ts' &&
          /\bprocess\.env\b(?!\))/.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))),
      )
      .map((file) => `${file} reads process.env: add it to server/config.ts`)
    expect(faults).toEqual([])
  })
})
