/** `npm run <command>`: makes sure that the program is installed and built (quietly), then runs one of server/bin's programs. */
import { prepare } from './prepare.mjs'

const [name] = process.argv.splice(2, 1)
try {
  // What is printed is a page.
  await prepare({ server_only: name !== 'report', aside: true })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
await import(new URL(`../../dist/server/${name}.js`, import.meta.url).href)
