/// <reference lib="webworker" />
/**
 * The service worker of /wall: a kiosk that starts before its server opens the wall all the same, which waits and comes alive by itself. It keeps
 * the page's own files and nothing else: no answer of the server, no picture ever comes by here. The page itself is asked of the server first.
 */
export {}
declare const self: ServiceWorkerGlobalScope
/** Put in by the build (vite.config.ts): the build, and every file that the page may ask for. */
declare const __PAGE_FILES__: { version: string; files: string[] }

const { version, files } = __PAGE_FILES__
const CACHE = 'siaga112-wall-'
const OWN = CACHE + version
const PAGE = '/wall'
/** A server that has not answered by then is one that is not there. */
const ANSWER_MS = 4000

self.addEventListener('install', (event) => event.waitUntil(fill()))
self.addEventListener('activate', (event) => event.waitUntil(sweep()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (url.pathname === PAGE) event.respondWith(page(request))
  } else if (url.pathname.startsWith('/assets/') || files.includes(url.pathname))
    event.respondWith(file(url.pathname, request))
})

async function fill(): Promise<void> {
  const cache = await caches.open(OWN)
  await cache.addAll([new Request(PAGE, { cache: 'reload', credentials: 'omit' }), ...files])
  // It only steps in where the server does not answer: no page has to be waited for.
  await self.skipWaiting()
}

/** The build before stays: a wall that still runs it may yet ask for a part of it that the server no longer has. */
async function sweep(): Promise<void> {
  const own = (await caches.keys()).filter((name) => name.startsWith(CACHE) && name !== OWN)
  for (const name of own.slice(0, -1)) await caches.delete(name)
  await self.clients.claim()
}

/** The server's own answer; the page as it was kept where there is none, or only that the server is not up yet. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await Promise.race([
      fetch(request),
      new Promise<never>((_, failed) => setTimeout(() => failed(new Error('no answer')), ANSWER_MS)),
    ])
    if (answer.status < 500) return answer
  } catch {
    // Nobody there.
  }
  const kept = await (await caches.open(OWN)).match(PAGE)
  return kept ?? Response.error()
}

/** Names of built files carry their content's hash: whichever build kept it, it is the same file. */
async function file(path: string, request: Request): Promise<Response> {
  const own = await (await caches.open(OWN)).match(path)
  if (own) return own
  if (path.startsWith('/assets/'))
    for (const name of await caches.keys())
      if (name.startsWith(CACHE)) {
        const kept = await (await caches.open(name)).match(path)
        if (kept) return kept
      }
  return fetch(request)
}
