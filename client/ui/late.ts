/**
 * Parts of a page that are fetched only when they are needed: called with every `import()` of a page; knows nothing of what they are.
 * A server that is away just then must neither leave a page without that part for good nor with it, unstyled.
 */
const AGAIN_MS = 2000

/** Stylesheets that the server did not give. They stay in the page, and the built page takes one that it asked for once for loaded. */
const missing = new Set<HTMLLinkElement>()
// Capturing: such an error does not bubble.
globalThis.document?.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') missing.add(target)
  },
  true,
)

let asking: Promise<unknown> | null = null
/** Asks for the missing stylesheets again, once for all who wait for them; throws while one still does not come. */
async function styles(): Promise<void> {
  await (asking ??= askAgain().finally(() => (asking = null)))
}
const askAgain = () =>
  Promise.all(
    [...missing].map((link) => {
      const next = link.cloneNode() as HTMLLinkElement
      const came = new Promise<void>((done, failed) => {
        next.addEventListener('load', () => done())
        next.addEventListener('error', () => failed(new Error(`Failed to fetch stylesheet: ${next.href}`)))
      })
      missing.delete(link)
      link.replaceWith(next)
      return came
    }),
  )

/**
 * The part, asked for again every two seconds as long as the server does not give it, until `patience_ms` after the first try; then it throws
 * what the last try threw.
 */
export async function late<T>(load: () => Promise<T>, patience_ms = 0): Promise<T> {
  const until = performance.now() + patience_ms
  for (;;) {
    try {
      await styles()
      return await load()
    } catch (error) {
      if (performance.now() + AGAIN_MS > until) throw error
      await new Promise((next) => setTimeout(next, AGAIN_MS))
    }
  }
}
