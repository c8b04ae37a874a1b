import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const LONGEST = 10_000
const MOST_MS = 50

/** What sees the digits of one number alone, and what reads our own SQL. */
const BOUNDED = ['geo/address/compass.ts', 'server/db/']

interface Found {
  where: string
  regex: RegExp
}

/** Every regular expression that stands in the sources of the server and of what it shares with pages. */
function regexes(): Found[] {
  const files = ['geo', 'server'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return files.flatMap((file) => {
    const found: Found[] = []
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
    const walk = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const [, pattern, flags] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? []
        const { line } = source.getLineAndCharacterOfPosition(node.pos)
        found.push({
          where: `${file.slice(ROOT.length + 1)}:${line + 1}`,
          regex: new RegExp(pattern, flags.replace('y', '')),
        })
      }
      node.forEachChild(walk)
    }
    walk(source)
    return found
  })
}

/** Long texts of few different characters, which a regular expression that goes back and forth stumbles over; some from its own letters. */
function texts({ source }: RegExp): string[] {
  const own = [...new Set(source.match(/[a-z]{2,}/gi) ?? [])].slice(0, 4)
  const pieces = [
    'a',
    '0',
    ' ',
    'a ',
    '1,',
    '-',
    '.',
    'a1',
    '0.',
    'a.',
    '1 ',
    '°',
    '"',
    '/',
    '=',
    '\n',
    '\t ',
    'é',
    ...own,
    ...own.map((word) => `${word} `),
  ]
  return pieces.flatMap((piece) => {
    const long = piece.repeat(Math.ceil(LONGEST / piece.length)).slice(0, LONGEST)
    return [`${long}!`, `x${long}\u0000`]
  })
}

function milliseconds(regex: RegExp, text: string): number {
  const once = () => {
    const started = performance.now()
    text.replace(regex, '')
    return performance.now() - started
  }
  const first = once()
  return first < MOST_MS ? first : Math.min(once(), once())
}

it(`no regular expression of the server takes ${MOST_MS} ms for ${LONGEST} characters`, { timeout: 120_000 }, () => {
  const all = regexes()
  expect(all.length).toBeGreaterThan(100)
  const slow = all.flatMap(({ where, regex }) => {
    if (BOUNDED.some((path) => where.startsWith(path))) return []
    const worst = Math.max(...texts(regex).map((text) => milliseconds(regex, text)))
    return worst >= MOST_MS ? [`${where} ${String(regex).slice(0, 80)}: ${Math.round(worst)} ms`] : []
  })
  expect(slow).toEqual([])
})

it('would be found: one that goes back and forth', () =>
  expect(milliseconds(/0+$/, `${'0'.repeat(60_000)}!`)).toBeGreaterThanOrEqual(MOST_MS))
