/** What a page needs beyond its own server's files; a page that is not named needs nothing. */
const PAGE_IMAGES: Readonly<Record<string, string>> = {
  // a photo shown from memory
  console: ' blob:',
  // the same; the tab's sign is drawn
  dispatch: ' data: blob:',
  // the last picture of the map, shown until the next
  wall: ' data:',
}

/** Where browsers tell of what they did not do. By `report-uri`: `report-to` is answered a minute later, and over https alone. */
export const REPORTS_PATH = '/api/csp-reports'
const REPORTS = `report-uri ${REPORTS_PATH}`

/** What an answer that is no page may do when a browser opens it by itself: nothing. */
export const NOTHING = `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox; ${REPORTS}`

/**
 * Pages whose words strangers and callers may have written, or that see secrets, and that have neither map nor worker: no text becomes markup or a script there but by
 * Svelte's own templates. MapLibre makes workers and markup from plain texts, so pages with a map cannot have it.
 */
const TRUSTED_TYPES = new Set(['', 'signin', 'survey', 'complaints'])

/** What a page may load and do: files of its own server only, nothing inline. `page`: the folder of client/. */
export const pagePolicy = (page: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self'${PAGE_IMAGES[page] ?? ''}`,
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(TRUSTED_TYPES.has(page) ? ["require-trusted-types-for 'script'", 'trusted-types svelte-trusted-html'] : []),
    REPORTS,
  ].join('; ')
