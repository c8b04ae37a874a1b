import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Debian's package faketime. */
const LIBRARY = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path))

/** The wall clock of the processes that get `env`: it can be set, as by hand or by a time server; what measures intervals is left alone. */
export interface FalseClock {
  /** Empty where the library is not installed: the clock cannot be set then. */
  env: Record<string, string>
  /** So many seconds ahead of the true time; seen within a second. */
  set(seconds: number): void
  remove(): void
}

export function openClock(file: string): FalseClock {
  const set = (seconds: number) => {
    // Put there whole: a reader must never find half a number.
    writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`)
    renameSync(`${file}.new`, file)
  }
  set(0)
  return {
    env: LIBRARY
      ? {
          LD_PRELOAD: LIBRARY,
          FAKETIME_TIMESTAMP_FILE: file,
          FAKETIME_CACHE_DURATION: '1',
          DONT_FAKE_MONOTONIC: '1',
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
          NO_FAKE_STAT: '1',
        }
      : {},
    set,
    remove: () => rmSync(file, { force: true }),
  }
}
