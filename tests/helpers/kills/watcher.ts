import WebSocket from 'ws'
import { Picture } from '../../../client/state/picture.ts'
import { serverMessage } from '../../../geo/wire/live.ts'

const AGAIN_MS = 200
/** A live socket says something each second; one that is silent so long is given up, as pages do. */
const SILENT_MS = 5_000

/** A live client as the pages are: comes back with `since=`, keeps its picture, and notes every line it was told. */
export interface Watcher {
  role: string
  picture: Picture
  /** The line before the first that it was told. */
  from: number
  /** Lines told with nothing but their number. */
  withheld: number
  /** Holds every line up to here, over a socket that is open and beat within the last 2.5 s. */
  isCurrent(head: number): boolean
  /** `checked_at` of each heartbeat as it came (epoch ms of the harness). */
  beats: { at: number; checked_at: string }[]
  close(): void
}

export function openWatcher(url: string, role: string, token: string, wrong: (text: string) => void): Watcher {
  const picture = new Picture()
  let ws: WebSocket | null = null
  let heard_at = 0
  let closed = false
  let snapshots = 0
  let timer: NodeJS.Timeout | undefined
  const watcher: Watcher = {
    role,
    picture,
    from: -1,
    withheld: 0,
    beats: [],
    isCurrent: (head) => ws?.readyState === WebSocket.OPEN && picture.seq >= head && Date.now() - heard_at < 2_500,
    close() {
      closed = true
      clearTimeout(timer)
      clearInterval(look)
      ws?.terminate()
    },
  }
  const look = setInterval(() => {
    if (ws && Date.now() - heard_at > SILENT_MS) ws.terminate()
  }, 500)

  function connect(): void {
    if (closed) return
    const since = picture.seq < 0 ? '' : `?since=${picture.seq}`
    const mine = new WebSocket(`${url.replace('http', 'ws')}/live${since}`, {
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: 5_000,
    })
    ws = mine
    heard_at = Date.now()
    mine.on('message', (data) => {
      heard_at = Date.now()
      take(String(data))
    })
    mine.on('error', () => undefined)
    mine.on('close', () => void (timer = setTimeout(connect, AGAIN_MS)))
  }

  function take(text: string): void {
    const message = serverMessage.parse(JSON.parse(text))
    if (message.type === 'hello' && picture.log_id !== null && message.log_id !== picture.log_id)
      wrong(`${role}: another log_id`)
    if (message.type === 'snapshot') {
      if (++snapshots > 1) wrong(`${role}: a second snapshot at ${message.seq} while it held ${picture.seq}`)
      watcher.from = message.seq
    }
    if (message.type === 'event') {
      if (message.seq !== picture.seq + 1)
        wrong(`${role}: line ${message.seq} after ${picture.seq} (${message.seq <= picture.seq ? 'double' : 'hole'})`)
      if (message.kind === undefined) watcher.withheld++
    }
    if (message.type === 'heartbeat') watcher.beats.push({ at: Date.now(), checked_at: message.checked_at })
    picture.apply(message)
  }
  connect()
  return watcher
}

/** A picture read anew, by a socket without `since`. */
export async function freshPicture(url: string, token: string): Promise<Picture> {
  const picture = new Picture()
  const ws = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { authorization: `Bearer ${token}` } })
  try {
    await new Promise<void>((done, failed) => {
      ws.on('message', (data) => {
        picture.apply(serverMessage.parse(JSON.parse(String(data))))
        if (picture.seq >= 0) done()
      })
      ws.once('error', failed)
      setTimeout(() => failed(new Error('no snapshot in 15 s')), 15_000).unref()
    })
  } finally {
    ws.terminate()
  }
  return picture
}
