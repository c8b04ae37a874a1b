import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { builtVersion, BUILT } from './built.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/**
 * The build as it would be after a change: another version in every file that names it, and another name for every file of the client with
 * another content, as a build does. Answers the folder of its programs and what it calls itself.
 */
export function nextVersion(): { programs: string; version: string; remove: () => void } {
  const folder = join(ROOT, '.artifacts/next')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const part of ['server', 'client'])
    cpSync(join(BUILT, part), join(folder, part), { recursive: true, filter: (path) => !path.endsWith('.map') })
  const old = builtVersion()
  if (old === null) throw new Error('nothing is built')
  const version = [...old]
    .reverse()
    .join('')
    .replace(/^./, (first) => (first === 'f' ? '0' : 'f'))
  const texts = (part: string) =>
    readdirSync(join(folder, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(m?js|css|html)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  const renamed = new Map<string, string>()
  const rename = (path: string) => {
    const name = /assets\/([\w.-]+-)([\w-]{8})\.js$/.exec(path)
    if (name) renamed.set(`${name[1]}${name[2]}.js`, `${name[1]}${[...name[2]].reverse().join('')}.js`)
  }
  for (const path of [...texts('server'), ...texts('client')]) {
    const text = readFileSync(path, 'utf8')
    if (!text.includes(old)) continue
    writeFileSync(path, text.replaceAll(old, version))
    rename(path)
  }
  // Who speaks of a file by name changes with its name, and so on: else a browser that keeps files for good would mix two versions.
  for (let before = -1; before < renamed.size;) {
    before = renamed.size
    for (const path of texts('client')) {
      const text = readFileSync(path, 'utf8')
      if ([...renamed.keys()].some((name) => text.includes(name))) rename(path)
    }
  }
  for (const path of texts('client')) {
    const text = readFileSync(path, 'utf8')
    const changed = [...renamed].reduce((all, [from, to]) => all.replaceAll(from, to), text)
    if (changed !== text) writeFileSync(path, changed)
  }
  for (const [from, to] of renamed) renameSync(join(folder, 'client/assets', from), join(folder, 'client/assets', to))
  return { programs: join(folder, 'server'), version, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
