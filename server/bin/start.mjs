/**
 * `npm start` on a machine with nothing but Node: installs, builds, serves. Plain JavaScript, since nothing is there yet to
 * run TypeScript. Runs the built server in this very process, so that signals reach it.
 */
import { prepare } from './prepare.mjs'

try {
  await prepare()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import(new URL('../../dist/server/serve.js', import.meta.url).href)
