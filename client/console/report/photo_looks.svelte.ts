import type { ReportPhoto } from '../../../geo/wire/photo.ts'

/** Photos of one report as somebody asked to see them: each is fetched once, since the server records each look. */
export class PhotoLooks {
  /** Addresses of those that are here, by photo. */
  here = $state.raw<ReadonlyMap<string, string>>(new Map())
  busy = $state(false)
  /** The server did not give the last one. */
  failed = $state(false)
  private closed = false

  async look(photos: readonly ReportPhoto[]): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.failed = false
    for (const { id, incident_id } of photos) {
      if (this.closed || this.here.has(id)) continue
      const photo = await fetched(`/api/incidents/${incident_id}/report/photos/${id}`)
      if (photo && !this.closed) this.here = new Map([...this.here, [id, URL.createObjectURL(photo)]])
      else this.failed = true
    }
    this.busy = false
  }

  close(): void {
    this.closed = true
    for (const address of this.here.values()) URL.revokeObjectURL(address)
  }
}

async function fetched(path: string): Promise<Blob | null> {
  try {
    const answer = await fetch(path, { cache: 'no-store' })
    return answer.ok ? await answer.blob() : null
  } catch {
    return null
  }
}
