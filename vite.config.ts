import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/helpers/longest_first.ts'

const root = import.meta.dirname
/** What screens compare to know that a newer build is served (server/bin/prepare.mjs hashes the sources). */
const version = JSON.stringify(process.env.SIAGA_BUILD ?? 'dev')
/** Every client/<page>/index.html is a page of its own, served at /<page>. */
const pages = Object.fromEntries(
  readdirSync(resolve(root, 'client'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name === 'index.html')
    .map((entry) => [
      entry.parentPath.slice(resolve(root, 'client').length + 1) || 'home',
      resolve(entry.parentPath, entry.name),
    ]),
)

/** The service workers of /field and /wall: built beside the pages, each under a name of its own, and told which files its page may ask for. */
const WORKERS = ['field', 'wall']
const workerOf = (page: string) => `${page}-worker`
function pageFiles(page_name: string): Plugin {
  return {
    name: `${page_name}-files`,
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle[`${page_name}/index.html`]
        const worker = bundle[`${workerOf(page_name)}.js`]
        if (!page || worker?.type !== 'chunk') return
        const named = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.endsWith('.map'))
        const found = new Set<string>()
        // Whatever a file speaks of by name, it may ask for.
        const walk = (file: (typeof bundle)[string]): void => {
          const text = file.type === 'chunk' ? file.code : String(file.source)
          for (const name of named)
            if (!found.has(name) && text.includes(name.slice('assets/'.length))) {
              found.add(name)
              if (/\.(m?js|css)$/.test(name)) walk(bundle[name])
            }
        }
        walk(page)
        const files = [...[...found].sort().map((name) => `/${name}`), '/icon.svg']
        worker.code = worker.code.replace(
          '__PAGE_FILES__',
          JSON.stringify({ version: process.env.SIAGA_BUILD ?? 'dev', files }),
        )
      },
    },
  }
}

/** JSON schemas are made by the server alone: pages leave out the part of zod that makes them, 5 kB gzip of each first visit. */
function withoutJsonSchema(): Plugin {
  return {
    name: 'without-json-schema',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/.test(id)) return
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name)
      return {
        code: `const none = () => none\nexport { none as process, ${names.map((name) => `none as ${name}`).join(', ')} }`,
        map: null,
      }
    },
  }
}

/** Pages forbid scripts made from texts, so zod need not try: each try would be told as a broken policy. */
function withoutEval(): Plugin {
  return {
    name: 'without-eval',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/zod\/v4\/core\/core\.js$/.test(id)) return
      const made = code.replace('.__zod_globalConfig = {}', '.__zod_globalConfig = { jitless: true }')
      if (made === code) throw new Error('zod keeps its settings elsewhere now: see withoutEval')
      return { code: made, map: null }
    },
  }
}

/** One program a command: the server, and what operators of the machine run beside it. */
const programs = Object.fromEntries(
  readdirSync(resolve(root, 'server/bin'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name.slice(0, -3), resolve(root, 'server/bin', name)]),
)

/** What hangs on HTTP and code rather than on SQL: run on PostgreSQL alone where the same run has one (tests/run.mjs), else on the embedded database. */
const ON_POSTGRES_ALONE = [
  'access',
  'accounts',
  'aliases',
  'audit',
  // Its last test goes through the embedded one too.
  'backup',
  'bad_input',
  'bad_network',
  'calls',
  'center',
  'center_crash',
  'closures_city',
  'complaints',
  'coverage',
  'deadline',
  'demo/history',
  'device_locations',
  'duplicates',
  'evaluation',
  'field',
  'fuzz',
  'geocode',
  'health',
  'hotspots',
  'import/neighbourhood',
  'import/osm',
  'kominfo',
  'map/routes',
  'needs',
  'ogc',
  'opd',
  'personal_data',
  'photos',
  'ringing',
  'screen_settings',
  'screens',
  'security',
  'sending',
  'sla_cells',
  'starting',
  'stats_routes',
  'supervision',
  'survey',
  'token',
].map((name) => `tests/server/${name}.test.ts`)

const TIMED_ON_POSTGRES_ALONE = ['degraded', 'photos', 'routing/osrm', 'routing/source'].map(
  (name) => `tests/server/${name}.timed.test.ts`,
)

/** The simulation is what the embedded database is for: run there alone where the same run has both. */
const ON_EMBEDDED_ALONE = ['tests/server/demo/live.test.ts']

/** Kills, stops and restarts, an import, a demo: what an embedded database does before a browser is seen here; the other pages do not know which they have. */
const BROWSER_ON_EMBEDDED = ['tests/browser/wall.test.ts']

export default defineConfig(({ isSsrBuild }) =>
  isSsrBuild
    ? {
        define: { __SIAGA_VERSION__: version },
        build: {
          ssr: true,
          target: 'node20',
          outDir: resolve(root, 'dist/server'),
          emptyOutDir: true,
          sourcemap: true,
          rolldownOptions: {
            input: programs,
            output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
          },
        },
        // PGlite finds its WebAssembly and extension archives beside its own files, so it is not bundled.
        ssr: { noExternal: true, external: ['@electric-sql/pglite', '@electric-sql/pglite-postgis', 'pg-native'] },
      }
    : {
        root: resolve(root, 'client'),
        publicDir: resolve(root, 'public'),
        define: { __SIAGA_VERSION__: version },
        plugins: [svelte({ configFile: false }), ...WORKERS.map(pageFiles), withoutJsonSchema(), withoutEval()],
        resolve: {
          conditions: ['visgl:webgl-only', 'module', 'browser', 'development|production'],
          alias: { 'mjolnir.js': resolve(root, 'client/map/no_gestures.ts') },
        },
        build: {
          outDir: resolve(root, 'dist/client'),
          emptyOutDir: true,
          sourcemap: true,
          target: 'es2022',
          assetsInlineLimit: 0,
          chunkSizeWarningLimit: 1500,
          rolldownOptions: {
            input: {
              ...pages,
              ...Object.fromEntries(
                WORKERS.map((page) => [workerOf(page), resolve(root, `client/${page}/offline/worker.ts`)]),
              ),
            },
            output: {
              entryFileNames: (chunk) =>
                WORKERS.map(workerOf).includes(chunk.name) ? '[name].js' : 'assets/[name]-[hash].js',
            },
          },
        },
        test: {
          root,
          testTimeout: 30_000,
          hookTimeout: 120_000,
          sequence: { sequencer: LongestFirst },
          projects: [
            {
              extends: true,
              test: {
                name: 'unit',
                include: ['tests/geo/**/*.test.ts', 'tests/client/**/*.test.ts', 'tests/house/**/*.test.ts'],
                // As for the server below: loading each module once a worker saves two fifths of the section's time.
                isolate: false,
                setupFiles: 'tests/helpers/left_behind.ts',
              },
            },
            // Each file has a database of its own; an embedded one holds 0.9 GB, so few at a time. Modules are loaded once a
            // worker: the sources keep no state of their own, and loading them anew for each file took a fifth of the time.
            {
              extends: true,
              test: {
                name: 'server',
                include: ['tests/server/**/*.test.ts'],
                exclude: [
                  '**/*.timed.test.ts',
                  // A primary and a standby are PostgreSQL's own.
                  ...(process.env.TEST_DATABASE_URL ? ['**/*.embedded.test.ts'] : ['tests/server/servers.test.ts']),
                  ...(process.env.POSTGRES_FOLLOWS ? ON_POSTGRES_ALONE : []),
                  ...(process.env.EMBEDDED_RAN ? ON_EMBEDDED_ALONE : []),
                ],
                globalSetup: 'tests/helpers/global_setup.ts',
                maxWorkers: process.env.TEST_DATABASE_URL ? 4 : 3,
                isolate: false,
                setupFiles: 'tests/helpers/left_behind.ts',
                testTimeout: 60_000,
              },
            },
            // Run by name alone, before a round of migrations: npm run golden:backup.
            {
              extends: true,
              test: {
                name: 'golden_backup',
                include: ['tests/golden/backup/make.ts'],
                globalSetup: 'tests/helpers/global_setup.ts',
              },
            },
            // What holds bounds in milliseconds runs after the others, alone on the machine.
            {
              extends: true,
              test: {
                name: 'timed',
                include: ['tests/server/**/*.timed.test.ts'],
                // Most of these know no database: held to their bounds once, where the bound counts.
                exclude: process.env.POSTGRES_FOLLOWS ? TIMED_ON_POSTGRES_ALONE : [],
                globalSetup: 'tests/helpers/global_setup.ts',
                fileParallelism: false,
                sequence: { groupOrder: 1 },
                testTimeout: 60_000,
              },
            },
            ...[
              { name: 'browser_embedded', include: BROWSER_ON_EMBEDDED },
              { name: 'browser', include: ['tests/browser/**/*.test.ts'], exclude: BROWSER_ON_EMBEDDED },
            ].map((project) => ({
              extends: true as const,
              test: {
                ...project,
                globalSetup: 'tests/helpers/global_setup.ts',
                // Much of a page's time is waiting: for a debounce, a paint, a server that starts.
                maxWorkers: 2,
                testTimeout: 120_000,
              },
            })),
          ],
        },
      },
)
