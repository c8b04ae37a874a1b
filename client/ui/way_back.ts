/** The page of this site that somebody came from, or null: an address elsewhere, or the sign-in page itself, is not gone to. */
export function wayBack(asked: string | null, origin: string): string | null {
  if (!asked || !URL.canParse(asked, origin)) return null
  const { origin: of, pathname, search, hash } = new URL(asked, origin)
  return of === origin && pathname !== '/masuk' && !pathname.startsWith('//') ? pathname + search + hash : null
}

/** Where a page sends whoever must sign in, to come back to where he was. */
export const signInFrom = ({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): string =>
  `/masuk?${new URLSearchParams({ ...(new URLSearchParams(search).get('lang') === 'en' ? { lang: 'en' } : {}), kembali: pathname + search + hash })}`
