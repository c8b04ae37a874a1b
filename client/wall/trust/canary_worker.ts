/// <reference lib="webworker" />
/**
 * Draws along the top of the wall from a thread of its own: a mark that steps on with painted frames only, and, when the page's one thread has
 * not been heard for 5 s, BASI across the head of the wall, over a clock that stands still. It goes by no clock but its own.
 */
import type { CanaryMessage } from './canary.ts'
export {}
declare const self: DedicatedWorkerGlobalScope

const SILENT_MS = 5000
const LOOK_MS = 500
/** The mark steps at most this often, however many frames are painted. */
const STEP_MS = 900
const STEPS = 48

let canvas: OffscreenCanvas | null = null
let words = { stale: '', reason: '', mark: '#888', ground: '#ffd400', ink: '#000', font: 'sans-serif' }
let height = 0
let alive_at = performance.now()
let looked_at = performance.now()
let was_late = false
let hidden = false
/** Not before a frame was painted: until then the page is being built, and shows nothing that could be old. */
let painted = false
let step = 0
let stepped_at = 0
let shown_seconds: number | null = null
const STALE = 'stale'
const REASON = 'reason'
const pieces = new Map<string, OffscreenCanvas>()

self.addEventListener('message', ({ data }: MessageEvent<CanaryMessage>) => {
  if (data.type === 'begin') {
    canvas = data.canvas
    words = data.words
    size(data)
  } else if (data.type === 'size') size(data)
  else if (data.type === 'hidden') hidden = data.hidden
  else if (data.type === 'painted') frame()
  alive_at = performance.now()
  if (shown_seconds !== null) draw(null)
})

setInterval(() => {
  const now = performance.now()
  const late = now - looked_at > 3 * LOOK_MS
  const again = was_late
  looked_at = now
  was_late = late
  // A machine that slept, or a tab that was frozen, held this thread up too: the page gets one look to speak first.
  if ((late && !again) || hidden || !painted) return
  const silent = now - alive_at
  const seconds = silent > SILENT_MS ? Math.floor(silent / 1000) : null
  if (seconds !== shown_seconds) draw(seconds)
}, LOOK_MS)

function size(data: { width: number; height: number }): void {
  if (!canvas || (canvas.width === data.width && canvas.height === data.height)) return
  canvas.width = data.width
  canvas.height = height = data.height
  set()
  draw(shown_seconds)
}

function frame(): void {
  painted = true
  const now = performance.now()
  if (now - stepped_at < STEP_MS) return
  stepped_at = now
  step = (step + 1) % STEPS
  draw(null)
}

function draw(seconds: number | null): void {
  const context = canvas?.getContext('2d')
  if (!canvas || !context) return
  shown_seconds = seconds
  const { width } = canvas
  context.clearRect(0, 0, width, height)
  if (seconds === null) {
    context.fillStyle = words.mark
    context.fillRect((step / STEPS) * width, 0, width / STEPS, Math.max(2, height * 0.03))
    return
  }
  context.fillStyle = words.ground
  context.fillRect(0, 0, width, height)
  let left = height * 0.4
  for (const piece of [STALE, ...String(seconds), REASON]) {
    const glyphs = pieces.get(piece)
    if (!glyphs) continue
    context.drawImage(glyphs, left, 0)
    left += glyphs.width
  }
}

/** Words are set before they are needed: finding a font asks the page's thread, which is the one that hangs. */
function set(): void {
  pieces.clear()
  const big = `700 ${height * 0.62}px ${words.font}`
  const small = `600 ${height * 0.4}px ${words.font}`
  pieces.set(STALE, glyphs(`${words.stale} `, big))
  pieces.set(REASON, glyphs(words.reason, small))
  for (let digit = 0; digit <= 9; digit++) pieces.set(String(digit), glyphs(String(digit), small))
}

function glyphs(text: string, font: string): OffscreenCanvas {
  const made = new OffscreenCanvas(1, 1)
  const context = made.getContext('2d')
  if (!context) return made
  context.font = font
  made.width = Math.max(1, Math.ceil(context.measureText(text).width))
  made.height = Math.max(1, height)
  context.font = font
  context.fillStyle = words.ink
  context.textBaseline = 'middle'
  context.fillText(text, 0, height * 0.53)
  return made
}
