/** `npm run bench [-- NAME … | --resume]`: installs and builds what is needed, then measures (bench.ts). */
import { register } from 'tsx/esm/api'
import { prepare } from '../../server/bin/prepare.mjs'

try {
  await prepare()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
register()
const { bench } = await import('./bench.ts')
process.exit(await bench(process.argv.slice(2)))
