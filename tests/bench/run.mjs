/** `npm run bench [-- NAME … | --resume]`: installs and builds what is needed, then measures (bench.ts). */
import { register } from 'tsx/esm/api'
import { prepare } from '../../server/bin/prepare.mjs'

await prepare()
register()
const { bench } = await import('./bench.ts')
process.exit(await bench(process.argv.slice(2)))
