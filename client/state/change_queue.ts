import type { Changes } from './picture.ts'

/**
 * What changed in a picture, gathered until the next animation frame and told once. Used by whoever holds a picture (the feed of now, a
 * replay); knows nothing of what a picture is.
 */
export class ChangeQueue {
  private readonly listeners = new Set<(changes: Changes) => void>()
  private pending: Changes | null = null
  private frame = 0

  /** `publish` comes first: listeners read what it made of the changes. */
  constructor(private readonly publish: (changes: Changes) => void) {}

  add(changes: Changes): void {
    this.pending = this.pending ? both(this.pending, changes) : changes
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.tell())
  }

  /** Answers how to end it. */
  listen(listener: (changes: Changes) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  stop(): void {
    cancelAnimationFrame(this.frame)
  }

  private tell(): void {
    this.frame = 0
    const changes = this.pending
    this.pending = null
    if (!changes) return
    this.publish(changes)
    for (const listener of this.listeners) listener(changes)
  }
}

const both = (a: Changes, b: Changes): Changes => ({
  incidents: a.incidents || b.incidents,
  units: a.units || b.units,
  positions: a.positions || b.positions,
  masterdata: a.masterdata || b.masterdata,
  map: a.map || b.map,
  closures: a.closures || b.closures,
  calls: a.calls || b.calls,
  restart: a.restart || b.restart,
})
