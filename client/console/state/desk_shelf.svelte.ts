import { deskKey } from './desk_key.ts'
import { keptCall } from './kept_call.ts'
import type { KeptCall, Shelf } from './kept_call.ts'
import { CALLS, SealedStore } from './sealed_store.ts'

/** Keys of the calls of this tab: no personal data. */
const MINE = 'siaga112-calls'
/** A call whose tab is gone for two looks comes over: a tab that only reloads is back by then. */
const LOOK_MS = 4000
/** A page of this tab that is just going away lets go within this. */
const LETTING_GO_MS = 2000
/** Sending waits this long for its call to be kept, not for ever: a full disk must not silence a desk. */
const KEEPING_MS = 1000

/**
 * Keeps unfinished calls on this desk, whatever happens to page, browser, server or network. A change is on its way to the disk within
 * the event that made it. A lock (Web Locks) tells which tab has a call, and ends with the tab.
 */
export class DeskShelf implements Shelf {
  /** What is typed is not kept, and why, in the browser's words; empty while all is well. */
  fault = $state('')
  private readonly ended = new AbortController()
  private readonly held = new Map<string, () => void>()
  private readonly newest = new Map<string, string>()
  private readonly dropped = new Set<string>()
  private readonly writing = new Map<string, Promise<void>>()
  private forlorn = new Set<string>()
  /** Of another installation: they stay, and nobody asks again. */
  private readonly foreign = new Set<string>()
  private readonly opening: Promise<SealedStore<KeptCall>>
  private store: SealedStore<KeptCall> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    this.opening = this.unlock()
    this.opening.catch((error: unknown) => this.tell(error))
  }

  open(take: (kept: KeptCall, mine: boolean) => void): void {
    void this.start(take).catch((error: unknown) => this.tell(error))
  }

  keep(kept: KeptCall): Promise<void> {
    const { key } = kept
    const text = JSON.stringify(kept)
    if (this.dropped.has(key)) return Promise.resolve()
    if (!this.held.has(key)) this.hold(key)
    if (this.newest.get(key) !== text) {
      this.newest.set(key, text)
      this.writing.set(key, this.write(key, text))
    }
    const limit = new Promise<void>((done) => setTimeout(done, KEEPING_MS))
    return Promise.race([this.writing.get(key) ?? Promise.resolve(), limit])
  }

  drop(key: string): void {
    this.dropped.add(key)
    this.newest.delete(key)
    void this.forget(key).catch((error: unknown) => this.tell(error))
  }

  close(): void {
    clearTimeout(this.timer)
    this.ended.abort()
    for (const release of this.held.values()) release()
    void this.opening.then(
      async (store) => {
        await Promise.all(this.writing.values())
        store.close()
      },
      () => undefined,
    )
  }

  private async unlock(): Promise<SealedStore<KeptCall>> {
    return (this.store = await SealedStore.open(CALLS, await deskKey(this.ended.signal), keptCall))
  }

  private async start(take: (kept: KeptCall, mine: boolean) => void): Promise<void> {
    const mine = mineBefore()
    const store = await this.opening
    const keys = await store.keys()
    await Promise.all(keys.map((key) => this.claim(store, key, mine.has(key), take)))
    const look = async () => {
      const free = await this.free(store)
      await Promise.all(free.filter((key) => this.forlorn.has(key)).map((key) => this.claim(store, key, false, take)))
      this.forlorn = new Set(free)
    }
    // A look that failed is told of, and the next one comes all the same.
    const again = () => {
      if (!this.ended.signal.aborted)
        this.timer = setTimeout(() => void look().catch(this.tell).finally(again), LOOK_MS)
    }
    again()
  }

  /** Kept calls that no tab has. */
  private async free(store: SealedStore<KeptCall>): Promise<string[]> {
    const { held = [] } = await navigator.locks.query()
    const taken = new Set(held.map(({ name }) => name))
    return (await store.keys()).filter(
      (key) => !taken.has(lockOf(key)) && !this.held.has(key) && !this.foreign.has(key),
    )
  }

  /** Takes over a kept call, unless another tab has it. Resolves when that is decided. */
  private claim(
    store: SealedStore<KeptCall>,
    key: string,
    mine: boolean,
    take: (kept: KeptCall, mine: boolean) => void,
  ): Promise<void> {
    return new Promise((decided) => {
      const patience = mine ? { signal: AbortSignal.timeout(LETTING_GO_MS) } : { ifAvailable: true }
      navigator.locks
        .request(lockOf(key), patience, async (lock) => {
          const kept = lock && !this.ended.signal.aborted && !this.held.has(key) ? await store.get(key) : null
          if (kept === null) {
            if (lock) this.foreign.add(key)
            return decided()
          }
          const released = new Promise<void>((done) => this.held.set(key, done))
          this.newest.set(key, JSON.stringify(kept))
          this.remember()
          take(kept, mine)
          decided()
          await released
        })
        .catch((error: unknown) => {
          decided()
          // Another tab has it, still.
          if (!(error instanceof DOMException && /^(Abort|Timeout)Error$/.test(error.name))) this.tell(error)
        })
    })
  }

  /** A call of this tab's own. */
  private hold(key: string): void {
    const released = new Promise<void>((done) => this.held.set(key, done))
    this.remember()
    void navigator.locks.request(lockOf(key), () => released)
  }

  private async write(key: string, text: string): Promise<void> {
    try {
      const store = this.store ?? (await this.opening)
      // Older than what was typed while the store opened.
      if (this.newest.get(key) === text) await store.put(key, text)
      this.fault = ''
    } catch (error) {
      // Not held as written: the next change tries anew.
      if (this.newest.get(key) === text) this.newest.delete(key)
      this.tell(error)
    }
  }

  private async forget(key: string): Promise<void> {
    try {
      const store = await this.opening
      await this.writing.get(key)
      this.writing.delete(key)
      await store.remove(key)
    } finally {
      this.held.get(key)?.()
      this.held.delete(key)
      this.remember()
    }
  }

  private remember(): void {
    try {
      if (this.held.size > 0) sessionStorage.setItem(MINE, JSON.stringify([...this.held.keys()]))
      else sessionStorage.removeItem(MINE)
    } catch {
      // Without it the calls are offered after a reload instead of being in front.
    }
  }

  private readonly tell = (error: unknown) => {
    if (!this.ended.signal.aborted) this.fault = error instanceof Error ? error.message : String(error)
  }
}

const lockOf = (key: string) => `siaga112-call-${key}`

function mineBefore(): ReadonlySet<string> {
  try {
    const said: unknown = JSON.parse(sessionStorage.getItem(MINE) ?? '[]')
    return new Set(Array.isArray(said) ? said.filter((key) => typeof key === 'string') : [])
  } catch {
    return new Set()
  }
}
