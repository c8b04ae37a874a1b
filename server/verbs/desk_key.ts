import { randomBytes } from 'node:crypto'
import type { Services } from '../services.ts'

/** The installation's key for what desks keep of unfinished calls: 32 bytes, base64. No browser stores it. */
export async function deskKey({ db }: Pick<Services, 'db'>): Promise<string> {
  for (;;) {
    const key = await db.value<string | null>('desk_key', { fresh: randomBytes(32).toString('base64') })
    if (key !== null) return key
  }
}
