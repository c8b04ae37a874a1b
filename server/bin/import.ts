/** `npm run import -- DIR`: the city's own layers, master data and boundaries from a folder with layers.json (README, "Importing a city"). */
import { resolve } from 'node:path'
import { command } from '../command.ts'
import { printReport } from '../import/report.ts'
import { importFolder } from '../import/run.ts'
import { decideDemo, type InstallationState } from '../worlds.ts'

await command(async ({ config, db, say, progress }) => {
  const [dir, ...rest] = process.argv.slice(2)
  if (!dir || rest.length) throw new Error('Pakai: npm run import -- FOLDER (folder dengan layers.json)')
  const simulated = decideDemo(config, db.embedded, await db.one<InstallationState>('installation_state'))
  const report = await importFolder(db, resolve(dir), { progress, now: () => new Date(), actor: 'import', simulated })
  const lines = printReport(report)
  if (report.status === 'failed') throw new Error(lines.join('\n'))
  for (const text of lines) say(text)
})
