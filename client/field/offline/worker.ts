/// <reference lib="webworker" />
/**
 * The service worker of /field: opens the page where there is no signal. It keeps this page's own files and nothing else; what the server answers to
 * questions never comes by here. Each build has a cache of its own, filled whole before it counts, and takes over when no page works with the old one.
 */
export {}
declare const self: ServiceWorkerGlobalScope
/** Put in by the build (vite.config.ts): the build, and every file that the page may ask for. */
declare const __PAGE_FILES__: { version: string; files: string[] }

const { version, files } = __PAGE_FILES__
const CACHE = 'siaga112-field-'
const PAGE = '/field'

self.addEventListener('install', (event) => event.waitUntil(fill()))
self.addEventListener('activate', (event) => event.waitUntil(sweep()))
self.addEventListener('message', (event) => {
  // The page says when a change of version disturbs nobody.
  if (event.data === 'swap') void self.skipWaiting()
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    // A token in the address becomes a session on the server.
    if (url.pathname === PAGE && !url.searchParams.has('token')) event.respondWith(kept(PAGE, request))
  } else if (files.includes(url.pathname)) event.respondWith(kept(url.pathname, request))
})

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE + version)
  await cache.addAll([new Request(PAGE, { cache: 'reload', credentials: 'omit' }), ...files])
}

async function sweep(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(CACHE) && name !== CACHE + version) await caches.delete(name)
  await self.clients.claim()
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE + version)
  return (await cache.match(path)) ?? fetch(request)
}
