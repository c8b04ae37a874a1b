import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MIN_NODE = [20, 19]

/** Where progress is told. */
let out = process.stdout
const say = (text) => out.write(`  … ${text}\n`)

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return
  throw new Error(
    `Node ${process.versions.node} terlalu tua: Siaga 112 perlu Node ${MIN_NODE.join('.')} atau lebih baru. Pasang dari nodejs.org, lalu jalankan lagi.`,
  )
}

/** Runs a command in the project; on failure the error carries the end of what it printed. */
function run(command, args, what) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    const output = []
    // Who ends us while we wait for a tool ends the tool: none is left behind, and the half-made part is made anew next time.
    const interrupted = (signal) => {
      child.kill(signal)
      setTimeout(() => child.kill('SIGKILL'), 2_000)
      child.once('exit', () => process.exit(signal === 'SIGINT' ? 130 : 143))
    }
    const signals = ['SIGTERM', 'SIGINT']
    for (const signal of signals) process.once(signal, interrupted)
    child.on('exit', () => signals.forEach((signal) => process.off(signal, interrupted)))
    child.stdout.on('data', (data) => output.push(data))
    child.stderr.on('data', (data) => output.push(data))
    child.on('error', (error) => reject(new Error(`${what} gagal: ${error.message}`)))
    child.on('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${what} gagal (kode ${code}):\n${Buffer.concat(output).toString().slice(-2000)}`)),
    )
  })
}

const hash = (texts) =>
  texts
    .reduce((sum, text) => sum.update(text), createHash('sha256'))
    .digest('hex')
    .slice(0, 16)

function filesBelow(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

const stampPath = (name) => join(ROOT, 'node_modules', '.siaga', name)
const stamp = (name) => (existsSync(stampPath(name)) ? readFileSync(stampPath(name), 'utf8') : '')
function setStamp(name, value) {
  mkdirSync(join(ROOT, 'node_modules', '.siaga'), { recursive: true })
  writeFileSync(stampPath(name), value)
}

async function install() {
  const wanted = hash([readFileSync(join(ROOT, 'package-lock.json'))])
  if (stamp('installed') === wanted) return
  // A folder that npm filled itself (npm ci, npm install) is as good when it holds what the lockfile says.
  const own = join(ROOT, 'node_modules', '.package-lock.json')
  if (existsSync(own) && sameVersions(own)) return setStamp('installed', wanted)
  say('memasang paket dari lockfile (sekali saja, sekitar satu menit)')
  await run('npm', ['ci', '--no-audit', '--no-fund', '--include=dev'], 'Pemasangan paket')
  setStamp('installed', wanted)
}

function sameVersions(own) {
  const versions = (path) =>
    Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages).filter(([name]) => name !== '')
  const installed = new Map(versions(own).map(([name, entry]) => [name, entry.version]))
  return versions(join(ROOT, 'package-lock.json')).every(
    ([name, entry]) => entry.optional || installed.get(name) === entry.version,
  )
}

/** Hash of everything the build is made from; the version that screens compare. */
function sourcesHash() {
  const files = ['client', 'geo', 'server', 'sql', 'public']
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap(filesBelow)
  const top = ['package-lock.json', 'vite.config.ts', 'tsconfig.json'].map((name) => join(ROOT, name))
  return hash([...files, ...top].flatMap((path) => [path.slice(ROOT.length), readFileSync(path)]))
}

async function build(server_only) {
  const sources = sourcesHash()
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  process.env.SIAGA_BUILD = sources
  if (stamp('server') !== sources || !existsSync(join(ROOT, 'dist/server/serve.js'))) {
    say('membangun server')
    await run(process.execPath, [vite, 'build', '--ssr', '--logLevel', 'warn'], 'Membangun server')
    setStamp('server', sources)
  }
  if (server_only || (stamp('client') === sources && existsSync(join(ROOT, 'dist/client/wall/index.html')))) return
  say('membangun halaman')
  await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], 'Membangun halaman')
  setStamp('client', sources)
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One at a time: two that install or build the same folder at once would empty it under each other. A dead holder's lock is void. */
async function alone(work) {
  const lock = join(tmpdir(), `siaga-prepare-${hash([ROOT])}.lock`)
  const release = () => rmSync(lock, { force: true })
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw new Error(`${lock} tidak dapat ditulis (${error.code})`, { cause: error })
    }
    const holder = Number(existsSync(lock) && readFileSync(lock, 'utf8'))
    // without a number in it the holder died between making the lock and signing it
    const unsigned =
      holder === 0 && (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < Date.now() - 5_000
    if (unsigned || (holder > 0 && !isAlive(holder))) release()
    else {
      if (!waited) say('menunggu penyiapan lain di folder ini')
      await sleep(500)
    }
  }
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/**
 * Installs from the lockfile and builds, each only when needed. Progress goes to standard error when `aside`: a command's answer stays clean. Throws an
 * Error with a line that says why not.
 */
export async function prepare({ server_only = false, aside = false } = {}) {
  if (aside) out = process.stderr
  checkNode()
  await alone(async () => {
    await install()
    await build(server_only)
  })
}
