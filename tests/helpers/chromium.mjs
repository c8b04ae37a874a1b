import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Path of a Chromium: CHROMIUM, a usual place, or Debian's package when root can install it; null when there is none. */
export async function findChromium() {
  const known = [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path))
  if (known) return known
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  console.info('installing Debian’s chromium')
  spawnSync(
    'sh',
    [
      '-c',
      'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium',
    ],
    { stdio: 'ignore' },
  )
  return PLACES.find((path) => existsSync(path)) ?? null
}

/** Flags for a machine without a GPU and without a network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]
