import { z } from 'zod'
import { Keystream } from './keystream.ts'
import { keptCall } from './kept_call.ts'
import type { KeptCall } from './kept_call.ts'

const STORE = 'calls'

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array)
const row = z.object({ at: bytes, data: bytes })

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error ?? new Error('IndexedDB'))
  })

/**
 * Unfinished calls in IndexedDB, by key, each encrypted with the installation's key: without a session that is let in nobody reads them, not
 * even on this very computer. A write is on its way before {@link put} returns, and on the disk when it resolves.
 */
export class SealedStore {
  private constructor(
    private readonly db: IDBDatabase,
    private readonly keystream: Keystream,
  ) {}

  /** `key`: 32 bytes, base64. */
  static async open(key: string): Promise<SealedStore> {
    const secret = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0))
    const request = indexedDB.open('siaga112-console', 1)
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE)
    const [db, keystream] = await Promise.all([answerOf(request), Keystream.of(secret)])
    return new SealedStore(db, keystream)
  }

  async keys(): Promise<string[]> {
    const keys = await answerOf(this.db.transaction(STORE).objectStore(STORE).getAllKeys())
    return keys.filter((key) => typeof key === 'string')
  }

  /** Null without one, and for one of another installation, which stays where it is. */
  async get(key: string): Promise<KeptCall | null> {
    const found: unknown = await answerOf(this.db.transaction(STORE).objectStore(STORE).get(key))
    if (found === undefined) return null
    try {
      const plain = await this.keystream.open(row.parse(found))
      return keptCall.parse(JSON.parse(new TextDecoder().decode(plain)))
    } catch {
      console.warn('an unfinished call cannot be read here:', key)
      return null
    }
  }

  /** `text`: a {@link KeptCall} as JSON. */
  async put(key: string, text: string): Promise<void> {
    const plain = new TextEncoder().encode(text)
    for (;;) {
      const sealed = this.keystream.seal(plain)
      if (sealed) return this.write((store) => store.put(sealed, key))
      await this.keystream.fill(plain.length)
    }
  }

  remove(key: string): Promise<void> {
    return this.write((store) => store.delete(key))
  }

  close(): void {
    this.db.close()
  }

  private write(change: (store: IDBObjectStore) => void): Promise<void> {
    return new Promise((done, failed) => {
      const transaction = this.db.transaction(STORE, 'readwrite', { durability: 'strict' })
      transaction.oncomplete = () => done()
      transaction.onabort = () => failed(transaction.error ?? new Error('IndexedDB'))
      change(transaction.objectStore(STORE))
      // Not when this event is over: the page may be gone by then.
      transaction.commit()
    })
  }
}
