import { z } from 'zod'
import { Keystream } from './keystream.ts'

const STORE = 'calls'
export const CALLS = 'siaga112-console'
export const REPORTS = 'siaga112-reports'

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array)
const row = z.object({ at: bytes, data: bytes })

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error ?? new Error('IndexedDB'))
  })

/**
 * What is typed and not sent yet, in IndexedDB, by key, each encrypted with the installation's key: without a session that is let in nobody reads them, not
 * even on this very computer. A write is on its way before {@link put} returns, and on the disk when it resolves.
 */
export class SealedStore<T> {
  private constructor(
    private readonly db: IDBDatabase,
    private readonly keystream: Keystream,
    private readonly schema: z.ZodType<T>,
  ) {}

  /** `key`: 32 bytes, base64. `schema` reads what was kept. */
  static async open<T>(name: string, key: string, schema: z.ZodType<T>): Promise<SealedStore<T>> {
    const secret = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0))
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE)
    const [db, keystream] = await Promise.all([answerOf(request), Keystream.of(secret)])
    return new SealedStore(db, keystream, schema)
  }

  async keys(): Promise<string[]> {
    const keys = await answerOf(this.db.transaction(STORE).objectStore(STORE).getAllKeys())
    return keys.filter((key) => typeof key === 'string')
  }

  /** Null without one, and for one of another installation, which stays where it is. */
  async get(key: string): Promise<T | null> {
    const found: unknown = await answerOf(this.db.transaction(STORE).objectStore(STORE).get(key))
    if (found === undefined) return null
    try {
      const plain = await this.keystream.open(row.parse(found))
      return this.schema.parse(JSON.parse(new TextDecoder().decode(plain)))
    } catch {
      console.warn('what was typed cannot be read here:', key)
      return null
    }
  }

  /** `text`: as JSON. */
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
