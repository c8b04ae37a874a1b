import { z } from 'zod'
import type { ReportShelf } from './outbox.svelte.ts'
import { report, type Report } from './report.ts'

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array)
const sealed = z.object({ iv: bytes, data: bytes })
const key = z.instanceof(CryptoKey)
const IV_BYTES = 12
type Store = 'report' | 'page' | 'key'

/** What a phone keeps of a job: presses that wait, and one page of text to open without signal. */
export interface Box extends ReportShelf {
  /** False: only as long as this page is open. */
  readonly lasting: boolean
  page(): Promise<unknown>
  keepPage(page: unknown): Promise<void>
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error ?? new Error('IndexedDB'))
  })

/**
 * The phone's box in IndexedDB, each row encrypted (AES-GCM). Its key lies beside it and cannot be read out, by this page neither: a phone without
 * signal must open it, so no server can hold it. It keeps the words out of a copied profile or a backup's plain text; who holds the unlocked phone
 * is kept out by what is erased: the page at the end of the job and of the session.
 */
export class SealedBox implements Box {
  readonly lasting = true
  private page_turn = 0

  private constructor(
    private readonly db: IDBDatabase,
    private readonly secret: CryptoKey,
  ) {}

  static async open(): Promise<SealedBox> {
    const request = indexedDB.open('siaga112-field', 1)
    request.onupgradeneeded = () => {
      for (const name of ['report', 'page', 'key']) request.result.createObjectStore(name)
    }
    const db = await answerOf(request)
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    await write(db, 'key', (store) => {
      // The first of two tabs wins.
      const held = store.getKey('key')
      held.onsuccess = () => void (held.result === undefined && store.put(made, 'key'))
    })
    const held: unknown = await answerOf(db.transaction('key').objectStore('key').get('key'))
    return new SealedBox(db, key.parse(held))
  }

  async reports(): Promise<Report[]> {
    const rows: unknown[] = await answerOf(this.db.transaction('report').objectStore('report').getAll())
    return Promise.all(rows.map(async (row) => report.parse(await this.unseal(row))))
  }

  async putReport(one: Report): Promise<void> {
    const row = await this.seal(one)
    await write(this.db, 'report', (store) => store.put(row, one.key))
  }

  removeReport(id: string): Promise<void> {
    return write(this.db, 'report', (store) => store.delete(id))
  }

  async page(): Promise<unknown> {
    const row: unknown = await answerOf(this.db.transaction('page').objectStore('page').get('page'))
    return row === undefined ? null : this.unseal(row)
  }

  async keepPage(page: unknown): Promise<void> {
    // Sealing takes a moment, in which somebody may sign out: what was erased then must not be written after it.
    const turn = ++this.page_turn
    if (page === null) return write(this.db, 'page', (store) => store.clear())
    const row = await this.seal(page)
    if (turn === this.page_turn) await write(this.db, 'page', (store) => store.put(row, 'page'))
  }

  private async seal(value: unknown): Promise<z.infer<typeof sealed>> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
    const plain = new TextEncoder().encode(JSON.stringify(value))
    return { iv, data: new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.secret, plain)) }
  }

  private async unseal(row: unknown): Promise<unknown> {
    const { iv, data } = sealed.parse(row)
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.secret, data)
    return JSON.parse(new TextDecoder().decode(plain)) as unknown
  }
}

function write(db: IDBDatabase, name: Store, change: (store: IDBObjectStore) => void): Promise<void> {
  return new Promise((done, failed) => {
    const transaction = db.transaction(name, 'readwrite', { durability: 'strict' })
    transaction.oncomplete = () => done()
    transaction.onabort = () => failed(transaction.error ?? new Error('IndexedDB'))
    change(transaction.objectStore(name))
  })
}

/** Without HTTPS a browser encrypts nothing and keeps no page: presses then last as long as this one does, and the page says so. */
export class OpenBox implements Box {
  readonly lasting = false
  private readonly rows = new Map<string, Report>()
  async reports(): Promise<Report[]> {
    return [...this.rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  }
  async putReport(one: Report): Promise<void> {
    this.rows.set(one.key, one)
  }
  async removeReport(id: string): Promise<void> {
    this.rows.delete(id)
  }
  async page(): Promise<unknown> {
    return null
  }
  async keepPage(): Promise<void> {}
}

export async function openBox(): Promise<Box> {
  if (!window.isSecureContext || typeof indexedDB === 'undefined') return new OpenBox()
  return SealedBox.open().catch(() => new OpenBox())
}
