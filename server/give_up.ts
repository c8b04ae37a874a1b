/**
 * Runs `work` with a signal that ends it: after `ms` (a DOMException TimeoutError), or when `stop` does, with its reason. The signal also ends when `work`
 * has, well or not, so that no part of it goes on alone. For whoever asks another machine.
 *
 * Not AbortSignal.any over AbortSignal.timeout: Node collects such a timeout as garbage before it fires (nodejs/node#57736), and what waits waits for ever.
 */
export async function giveUpAfter<T>(
  ms: number,
  stop: AbortSignal | null,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const given_up = new AbortController()
  const late = () => given_up.abort(new DOMException(`no end in ${ms} ms`, 'TimeoutError'))
  // What has arrived while this process was busy is read before it is given up on.
  const timer = setTimeout(() => setImmediate(late), ms)
  const stopped = () => given_up.abort(stop?.reason)
  if (stop?.aborted) stopped()
  stop?.addEventListener('abort', stopped, { once: true })
  try {
    return await work(given_up.signal)
  } finally {
    clearTimeout(timer)
    stop?.removeEventListener('abort', stopped)
    given_up.abort()
  }
}
