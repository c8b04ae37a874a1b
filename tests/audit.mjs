/**
 * `npm run audit:dependencies`: asks the registry which versions of the lockfile have known faults, high and critical; 1 when one has. A registry that does not
 * answer is 2, or with --if-answered (CI) a line and 0: what is not reached must not stop anybody from mending.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const optional = process.argv.includes('--if-answered')
const asked = spawnSync(
  'npm',
  ['audit', '--json', '--audit-level=high', '--fetch-retries=0', '--fetch-timeout=20000'],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    timeout: 60_000,
  },
)

function read() {
  try {
    return JSON.parse(asked.stdout)
  } catch {
    return {}
  }
}
const { vulnerabilities, metadata, message, error } = read()
if (!vulnerabilities) {
  const why = message ?? error?.summary ?? asked.error?.message ?? asked.stderr?.trim().split('\n').at(-1)
  console.info(`audit: the registry did not answer (${why}); npm run audit:dependencies where it does`)
  process.exit(optional ? 0 : 2)
}
const grave = Object.values(vulnerabilities).filter(({ severity }) => ['high', 'critical'].includes(severity))
for (const { name, severity, range, isDirect, fixAvailable } of grave)
  console.info(`  ${severity}: ${name} ${range}${isDirect ? ' (ours)' : ''}${fixAvailable ? ', can be mended' : ''}`)
console.info(`audit: ${grave.length} high or critical among ${metadata.dependencies.total} packages`)
process.exit(grave.length ? 1 : 0)
