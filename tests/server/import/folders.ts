import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made: string[] = []

/** A folder with these files; objects are written as JSON. */
export function folder(files: Record<string, object | string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'siaga-import-'))
  made.push(dir)
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content))
  return dir
}

/** Deletes every folder made so far. */
export function removeFolders(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true })
}

export const city = { code: '33.75', name: 'Kota Pekalongan' }
export const options = { progress: () => undefined, now: () => new Date(), actor: 'test' }

export const collection = (...features: object[]) => ({ type: 'FeatureCollection', features })
export const feature = (properties: object, type: string, coordinates: unknown) => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
})
export const place = (name: string, coordinates: unknown) => feature({ name, kind: 'uji' }, 'Point', coordinates)

/** A square of 100 m or so, the nth to the east. */
export const square = (n: number) => {
  const [west, south] = [109.66 + n * 0.001, -6.89]
  return [
    [
      [west, south],
      [west + 0.001, south],
      [west + 0.001, south + 0.001],
      [west, south + 0.001],
      [west, south],
    ],
  ]
}
export const kelurahan = (n: number, more: object = {}) =>
  feature({ code: `33.75.01.100${n}`, name: `Kelurahan ${n}`, kecamatan: 'Satu', ...more }, 'Polygon', square(n))
