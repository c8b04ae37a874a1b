/** What the page tells the thread that watches it; each of these is a sign of life. */
export type CanaryMessage =
  | {
      type: 'begin'
      canvas: OffscreenCanvas
      width: number
      height: number
      words: { stale: string; reason: string; mark: string; ground: string; ink: string; font: string }
    }
  | { type: 'size'; width: number; height: number }
  | { type: 'hidden'; hidden: boolean }
  | { type: 'alive' }
  | { type: 'painted' }
