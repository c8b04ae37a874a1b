import { reportPhoto, type ReportPhoto } from '../../../geo/wire/photo.ts'
import { problem, type Problem } from '../../../geo/wire/problem.ts'

/** A minute without an answer: some hundred kilobytes over a poor line take that long at worst. */
const TIMEOUT_MS = 60_000

/** `away`: nobody knows whether the server has it; the same photo again is the same photo there. */
export type Sent =
  | { ok: true; photo: ReportPhoto }
  | { ok: false; away: true; retry_after: number | null }
  | { ok: false; away: false; status: number; problem: Problem }

/** Sends a photo and tells how much of it has left (0 to 1), which `fetch` cannot. */
export function upload(path: string, photo: Blob, progress: (share: number) => void): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const away = () => resolve({ ok: false, away: true, retry_after: null })
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
    request.onerror = away
    request.ontimeout = away
    request.onabort = away
    request.onload = () => resolve(read(request))
    request.open('POST', path)
    request.timeout = TIMEOUT_MS
    request.setRequestHeader('Content-Type', photo.type)
    request.send(photo)
  })
}

function read(request: XMLHttpRequest): Sent {
  const { status } = request
  const json = parse(request.responseText)
  const photo = reportPhoto.safeParse(json)
  if (status < 300 && photo.success) return { ok: true, photo: photo.data }
  const said = problem.safeParse(json)
  if (!said.success || status >= 500 || status === 429) {
    const seconds = Number(request.getResponseHeader('Retry-After'))
    return { ok: false, away: true, retry_after: seconds > 0 ? seconds : null }
  }
  return { ok: false, away: false, status, problem: said.data }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
