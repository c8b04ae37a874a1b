import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildBareWall, gzipped, javascriptOf } from '../bench/bare_wall/build.ts'

const CLIENT = resolve(import.meta.dirname, '../../dist/client')
/** What the wall's JavaScript may weigh, beside MapLibre and deck.gl alone. */
const MOST = 1.15

/** Files the wall asks for before its first picture: what its page names, the map, MapLibre's worker, and whatever these import. */
function firstFiles(): Set<string> {
  const page = readFileSync(join(CLIENT, 'wall/index.html'), 'utf8')
  const files = new Set([...page.matchAll(/\/assets\/([\w.-]+\.m?js)/g)].map(([, name]) => name))
  for (const name of files) {
    const text = readFileSync(join(CLIENT, 'assets', name), 'utf8')
    for (const [, found] of text.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) files.add(found)
    for (const [found] of text.matchAll(/(?:live_map|maplibre-gl-worker)-[\w-]+\.js/g)) files.add(found)
  }
  return files
}

describe.skipIf(!existsSync(join(CLIENT, 'wall/index.html')))('the JavaScript of the wall', () => {
  it('weighs at most 15 % more than MapLibre and deck.gl alone, by the same bundler', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'siaga-bare-'))
    try {
      await buildBareWall(folder)
      const files = [...firstFiles()]
      for (const part of ['wall', 'live_map', 'base_map', 'maplibre-gl-worker'])
        expect(files.some((name) => name.startsWith(part))).toBe(true)
      const wall = files.reduce((sum, name) => sum + gzipped(join(CLIENT, 'assets', name)), 0)
      expect(wall / javascriptOf(folder)).toBeLessThanOrEqual(MOST)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
