import { deskKeyAnswer } from '../../../geo/wire/calls.ts'
import { ask } from '../../state/api.ts'

const AGAIN_MS = 1000
/** A role that takes no calls gets no key, and needs none. */
const REFUSED_MS = 15_000

/** The installation's key for what this desk keeps; it comes with the session and is only ever held in memory. Throws once `ended`. */
export async function deskKey(ended: AbortSignal): Promise<string> {
  while (!ended.aborted) {
    const said = await ask('GET', '/api/desk-key', deskKeyAnswer)
    if (said.ok) return said.value.key
    await new Promise((done) => setTimeout(done, said.away ? AGAIN_MS : REFUSED_MS))
  }
  throw new Error('closed')
}
