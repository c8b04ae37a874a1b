import type { ChildProcess } from 'node:child_process'

export function startPostgres(): Promise<{ url: string; extensions: string[]; stop(): Promise<void> }>
export function binaries(): string | null
export function makeDurablePostgres(dir: string): Promise<{ url: string; launch(): ChildProcess }>
