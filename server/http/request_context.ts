import { AsyncLocalStorage } from 'node:async_hooks'
import type { Request, RequestHandler } from 'express'

/** What each line of the server's log says of the request it was written in. Never personal data. */
export interface RequestFields {
  request_id: string
  actor?: string
  incident_id?: string
}

const storage = new AsyncLocalStorage<RequestFields>()
/** Ids of proxies: a UUID, or what nginx and Caddy make. */
const WELL_FORMED = /^[A-Za-z0-9_-]{8,64}$/
const ID = /^[0-9a-f-]{36}$/

/** Of the request that is being served here; undefined outside of any. Handed to every logger as its mixin. */
export const requestFields = (): RequestFields | undefined => storage.getStore()

/** The incident that this request is about turned out to be this one. */
export function concerns(incident_id: unknown): void {
  const fields = storage.getStore()
  if (fields && typeof incident_id === 'string' && ID.test(incident_id)) fields.incident_id = incident_id
}

/** The incident that an answer is about, where it is about one. */
export function incidentOf(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return undefined
  const [first] = Array.isArray(answer) && answer.length === 1 ? (answer as unknown[]) : [answer]
  if (typeof first !== 'object' || first === null) return undefined
  if ('incident' in first && typeof first.incident === 'object' && first.incident !== null && 'id' in first.incident)
    return first.incident.id
  return 'incident_id' in first ? first.incident_id : undefined
}

/** Takes the id that a trusted proxy gave the request, and lets everything written while it is served carry it. */
export const withRequestFields: RequestHandler = (req, res, next) => {
  const said = req.get('X-Request-Id')
  if (said !== undefined && WELL_FORMED.test(said) && isTrusted(req)) {
    res.locals.request_id = said
    res.set('X-Request-Id', said)
  }
  const fields: RequestFields = {
    request_id: String(res.locals.request_id),
    // Known once somebody is let in.
    get actor() {
      return res.locals.actor as string | undefined
    },
  }
  res.locals.fields = fields
  const at = /^\/api\/incidents\/([0-9a-f-]{36})(\/|$)/.exec(req.path)
  if (at) fields.incident_id = at[1]
  storage.run(fields, next)
}

function isTrusted(req: Request): boolean {
  const trust = req.app.get('trust proxy fn') as (address: string, hop: number) => boolean
  return trust(req.socket.remoteAddress ?? '', 0)
}
