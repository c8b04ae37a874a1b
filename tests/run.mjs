/**
 * `npm test`: sets itself up and runs everything that can run here; the last line counts it all. What could not run is named
 * just above it. With STRICT=1 (as .ci/run sets it) whatever is skipped fails the run.
 *
 *   node tests/run.mjs [section …]     one or more of SECTIONS
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from '../server/bin/prepare.mjs'
import { findChromium } from './helpers/chromium.mjs'
import { startPostgres } from './helpers/postgres.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ARTIFACTS = join(ROOT, '.artifacts')
const bin = (name) => join(ROOT, 'node_modules', '.bin', name)
const SECTIONS = ['types', 'lint', 'format', 'unit', 'embedded', 'postgres', 'browser']
const strict = process.env.STRICT === '1'
const wanted = process.argv.slice(2)
const total = { passed: 0, failed: 0, skipped: 0 }
const skipped = []
const failures = []

const wants = (section) => wanted.length === 0 || wanted.includes(section)
const heading = (text) => console.info(`\n── ${text} ──`)
const skip = (what, why) => {
  total.skipped++
  skipped.push(`${what}: ${why}`)
}

function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** A check that passes or fails as a whole; what it prints stands together, since checks run side by side. */
function check(section, command, args) {
  if (!wants(section)) return undefined
  const started = Date.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += data))
    child.on('exit', (code) => {
      total[code === 0 ? 'passed' : 'failed']++
      if (code !== 0) failures.push(section)
      heading(section)
      if (printed.trim()) console.info(printed.trim())
      console.info(
        `${section}: ${code === 0 ? 'ok' : `failed (${code})`} in ${Math.round((Date.now() - started) / 1000)} s`,
      )
      resolve()
    })
  })
}

/** Vitest projects, counted from their own report. */
async function tests(section, projects, env = {}) {
  heading(section)
  const report = join(ARTIFACTS, `${section}.json`)
  rmSync(report, { force: true })
  const code = await run(
    bin('vitest'),
    [
      'run',
      ...projects.map((name) => `--project=${name}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    env,
  )
  if (!existsSync(report)) {
    failures.push(`${section}: no report`)
    return void total.failed++
  }
  const result = JSON.parse(readFileSync(report, 'utf8'))
  total.passed += result.numPassedTests
  total.failed += result.numFailedTests
  // A file that failed before its tests ran counts too.
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  )
  total.failed += brokenFiles.length
  for (const file of brokenFiles) failures.push(`${section}: ${relative(ROOT, file.name)}: ${file.message}`)
  if (code !== 0 && result.numFailedTests + brokenFiles.length === 0) {
    total.failed++
    failures.push(`${section}: ended with ${code} outside any test`)
  }
  for (const file of result.testResults) {
    for (const one of file.assertionResults) {
      if (one.status === 'failed')
        failures.push(`${section}: ${relative(ROOT, file.name)}: ${one.fullName}\n${one.failureMessages.join('\n')}`)
      else if (one.status !== 'passed') skip(`${section}: ${one.fullName}`, 'its needs are not here')
    }
  }
}

const unknown = wanted.filter((section) => !SECTIONS.includes(section))
if (unknown.length) {
  console.error(`No such section: ${unknown.join(', ')}. Sections: ${SECTIONS.join(' ')}`)
  process.exit(1)
}

// Nothing static needs the programs built.
if (SECTIONS.slice(SECTIONS.indexOf('unit')).some(wants)) await prepare()
mkdirSync(ARTIFACTS, { recursive: true })
// Beside the tests of pure code: neither waits for the other.
const checks = Promise.all([
  check('types', bin('svelte-check'), [
    '--tsgo',
    ...['--tsconfig', 'tsconfig.json', '--threshold', 'warning', '--output', 'human'],
  ]),
  check('lint', bin('eslint'), ['-c', '.config/eslint.config.js', '.']),
  check('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']),
])

let postgres = null
if (['postgres', 'unit', 'browser'].some(wants)) {
  postgres = await startPostgres().catch((error) => ({ missing: error.message }))
}
try {
  const pgrouting = postgres?.url && postgres.extensions.includes('pgrouting') ? { PGROUTING_URL: postgres.url } : {}
  if (wants('unit')) await tests('unit', ['unit'], pgrouting)
  await checks
  // With PostgreSQL behind it, the embedded one leaves to it what hangs on HTTP and code rather than on SQL (vite.config.ts).
  const follows = postgres?.url && wants('postgres') ? { POSTGRES_FOLLOWS: '1' } : {}
  if (wants('embedded')) await tests('embedded', ['server', 'timed'], follows)
  if (wants('postgres')) {
    if (postgres?.url)
      await tests('postgres', ['server', 'timed'], {
        TEST_DATABASE_URL: postgres.url,
        ...(wants('embedded') ? { EMBEDDED_RAN: '1' } : {}),
      })
    else skip('server tests on PostgreSQL', postgres.missing)
  }
  if (wants('browser')) {
    const chromium = await findChromium()
    // Rooms stand on PostgreSQL as in operation, but for one file's (vite.config.ts).
    const behind = postgres?.url ? { TEST_DATABASE_URL: postgres.url } : {}
    if (chromium) await tests('browser', ['browser_embedded', 'browser'], { CHROMIUM: chromium, ...behind })
    else skip('browser tests', 'no Chromium found (set CHROMIUM, or install Debian’s package chromium)')
  }
} finally {
  await checks
  await postgres?.stop?.()
}

if (skipped.length) console.info(`\nNot run here:\n${skipped.map((line) => `  ${line}`).join('\n')}`)
// Once more at the end, where whoever looks at a long log looks first.
const indented = (text) => text.split('\n').slice(0, 8).join('\n      ')
if (failures.length) console.info(`\nFailed:\n${failures.map((text) => `  ${indented(text)}`).join('\n')}`)
const bad = total.failed > 0 || total.passed === 0 || (strict && total.skipped > 0)
if (strict && total.skipped > 0) console.info('Nothing may be skipped here: failed.')
if (total.passed === 0) console.info('Nothing ran: failed.')
console.info(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(bad ? 1 : 0)
