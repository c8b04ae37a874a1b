/**
 * One connection URL for each host of a PostgreSQL URL, which may name several (`postgresql://a,b:5433/siaga`, as libpq has it), in their order.
 * `target_session_attrs` is left out: which host is used is decided in hosts.ts.
 */
export function urlsOf(text: string): string[] {
  const parts = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)([^?]*)(?:\?(.*))?$/.exec(text)
  if (!parts) return [text]
  const [, before, hosts, path, query] = parts
  const rest = (query ?? '').split('&').filter((each) => each !== '' && !each.startsWith('target_session_attrs='))
  return hosts.split(',').map((host) => `${before}${host}${path}${rest.length ? `?${rest.join('&')}` : ''}`)
}

/** Host and database of a URL, without the name and the password that may stand in it. */
export const placeOf = (text: string): string =>
  urlsOf(text)
    .map((url) => (URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'basis data'))
    .join(', ')
