import { afterEach, expect, it, vi } from 'vitest'
import { discard } from '../../../client/map/revival.ts'

afterEach(() => vi.restoreAllMocks())

it('nothing of a map that failed stays in the way of the next, whether it was ever made or can be removed', () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const [host, words] = [{ replaceChildren: vi.fn() }, { replaceChildren: vi.fn() }]
  discard(null, host, words)
  discard(
    {
      remove() {
        throw new Error('no context')
      },
    },
    host,
    words,
  )
  for (const one of [host, words]) expect(one.replaceChildren).toHaveBeenCalledTimes(2)
})
