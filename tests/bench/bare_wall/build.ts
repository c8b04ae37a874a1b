import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/** Builds the bare page into `folder` as the client is built (vite.config.ts): same bundler, same conditions. */
export async function buildBareWall(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    resolve: { conditions: ['visgl:webgl-only', 'module', 'browser', 'development|production'] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1500,
      rolldownOptions: { input: resolve(import.meta.dirname, 'index.html') },
    },
  })
}

/** Bytes of a file as gzip sends it. */
export const gzipped = (path: string): number => gzipSync(readFileSync(path)).length

/** All JavaScript of a built page, gzip bytes. */
export const javascriptOf = (folder: string): number =>
  readdirSync(join(folder, 'assets'))
    .filter((name) => /\.m?js$/.test(name))
    .reduce((sum, name) => sum + gzipped(join(folder, 'assets', name)), 0)

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
}

/** Serves a built folder and nothing else. */
export async function serveFolder(folder: string): Promise<{ url: string; close(): void }> {
  const server = createServer((request, answer) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const name = path === '/' ? '/index.html' : path
    try {
      const body = readFileSync(join(folder, name))
      answer.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(body)
    } catch {
      answer.writeHead(404).end()
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}
