const TIMEOUT_MS = 15_000
const AT_ONCE = 4
const NAMED = /(?:assets|\.)\/([\w.-]+-[\w-]{8}\.(?:m?js|css|woff2|svg|png))(?!\.)/g

/**
 * Whether the page of `version` is served whole: its HTML, and whatever that or its files speak of by name, each with 200. They then lie in
 * the browser's own cache, so that the change of pages is a matter of milliseconds. Throws with what is missing.
 */
export async function fetchShell(version: string): Promise<void> {
  const found = new Set<string>()
  let named_version = false
  const text = async (path: string, cache: RequestCache): Promise<string> => {
    const answer = await fetch(path, { cache, signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    if (!/\.(m?js|css)$|^\/wall$/.test(path)) return (void (await answer.arrayBuffer()), '')
    return answer.text()
  }
  const html = await text('/wall', 'no-store')
  if (!html.includes('id="app"')) throw new Error('/wall: not the page of the wall')
  let due = names(html)
  while (due.length > 0) {
    for (const path of due) found.add(path)
    const next: string[] = []
    for (let i = 0; i < due.length; i += AT_ONCE)
      for (const body of await Promise.all(due.slice(i, i + AT_ONCE).map((path) => text(path, 'default')))) {
        named_version ||= body.includes(version)
        next.push(...names(body))
      }
    due = [...new Set(next)].filter((path) => !found.has(path))
  }
  if (!named_version) throw new Error(`/wall: not version ${version} yet`)
}

/** Addresses of built files in a text; those of source maps are nobody's business. */
const names = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(NAMED), ([, name]) => `/assets/${name}`)),
]
