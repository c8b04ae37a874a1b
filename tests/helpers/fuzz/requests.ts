import { z } from 'zod'
import { broken, nasty, pick, schema, valid, type Known, type Random, type Schema } from './values.ts'

const parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean(), schema })
const content = z.object({ content: z.record(z.string(), z.object({ schema })).optional() })
const operation = z.object({
  description: z.string().default(''),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ schema }) }) }).optional(),
  responses: z.record(z.string(), content),
})
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) })

/** One call of the API, as /api/openapi.json tells of it. */
export interface Call {
  method: string
  path: string
  parameters: { name: string; in: string; required: boolean; schema: Schema }[]
  body: Schema | null
  /** Roles that it names; none: everybody. */
  granted: string[]
  /** Of the JSON of a good answer; null where none is declared. */
  answer: z.ZodType | null
}

/** Every call that the server documents. */
export function callsOf(openapi: unknown): Call[] {
  return Object.entries(document.parse(openapi).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { description, parameters, requestBody, responses }]): Call => {
      const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
      const declared = good?.content?.['application/json']?.schema
      return {
        method: method.toUpperCase(),
        path,
        parameters,
        granted: /^Peran: (.*)$/.exec(description)?.[1].split(', ') ?? [],
        body: requestBody?.content['application/json'].schema ?? null,
        answer: declared ? z.fromJSONSchema(declared as Parameters<typeof z.fromJSONSchema>[0]) : null,
      }
    }),
  )
}

export interface Asked {
  method: string
  /** With query. */
  path: string
  headers: Record<string, string>
  body: string | Buffer | undefined
  /** Nothing was broken on purpose. */
  sound: boolean
}

const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/geo+json',
  'multipart/form-data',
  'image/jpeg',
  'a/b',
  '',
]
const ENCODINGS = ['gzip', 'deflate', 'br', 'zstd', 'identity, gzip', 'x']
const BODIES = [
  '{',
  '[',
  '"',
  '{"a":',
  '{"a":1}x',
  'nul',
  '\ud800',
  '[1e999]',
  '{"a":1,"a":2}',
  '\uFEFF{}',
  '[]'.repeat(1_000),
  '['.repeat(5_000),
  'null',
  '0',
  '""',
  'a=b&a=c&__proto__[x]=1',
]

const inUrl = (value: unknown) =>
  encodeURIComponent(
    (typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/\p{Surrogate}/gu, '?').slice(0, 4_000),
  )

/** One request of a call: mostly sound or with one fault, now and then with a body or a head that is none. */
export function requestOf(random: Random, { method, path, parameters, body }: Call, known: Known): Asked {
  const how = random()
  const sound = how < 0.45
  const faulty = how >= 0.45 && how < 0.9
  const where = faulty ? pick(random, ['path', 'query', 'body', 'body', 'more']) : ''
  const valueOf = (at: Schema, from: string) => {
    const value = valid(random, at, known)
    return where === from && random() < 0.6 ? (random() < 0.5 ? nasty(random) : broken(random, value)) : value
  }
  const of = (from: string) => parameters.filter((each) => each.in === from)
  const address = of('path').reduce(
    (whole, each) => whole.replace(`{${each.name}}`, () => inUrl(valueOf(each.schema, 'path')) || '%20'),
    path,
  )
  const query = of('query')
    .filter((each) => each.required || random() < 0.6)
    .flatMap((each) => {
      const value = valueOf(each.schema, 'query')
      return value === undefined || value === null ? [] : [`${each.name}=${inUrl(value)}`]
    })
  if (where === 'more')
    query.push(
      pick(random, [
        'token=x',
        'a[b][c]=1',
        'since=1&since=2',
        '__proto__[x]=1',
        '%',
        '%ff=%00',
        'limit=-1',
        'q='.repeat(50),
      ]),
    )
  const headers: Record<string, string> = {}
  let text: Asked['body']
  if (body && method !== 'GET') {
    const value = valid(random, body, known)
    text = JSON.stringify(where === 'body' ? broken(random, value) : value)
    headers['content-type'] = 'application/json'
    if (how >= 0.9) {
      if (random() < 0.5)
        text =
          random() < 0.5
            ? pick(random, BODIES)
            : Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256)))
      if (random() < 0.3) headers['content-type'] = pick(random, CONTENT_TYPES)
      if (random() < 0.3) headers['content-encoding'] = pick(random, ENCODINGS)
    }
  } else if (how >= 0.95) text = pick(random, BODIES)
  if (path === '/api/incidents' && method === 'POST' && random() < 0.5)
    headers['idempotency-key'] = pick(random, ['satu', 'dua', 'x'.repeat(300)])
  if (how >= 0.9)
    Object.assign(
      headers,
      pick<Record<string, string>>(random, [
        { 'x-forwarded-for': '1.2.3.4, ' + 'x'.repeat(50) },
        { 'if-none-match': '*' },
        { accept: 'text/html;q=x' },
        { range: 'bytes=0-,5-1' },
        { 'accept-encoding': 'br;q=9' },
        { 'content-length': '5' },
        { cookie: 'siaga_session=%E0%A4%A; __Host-siaga_session=' + 'y'.repeat(3_000) },
        { origin: 'null' },
        { expect: '100-continue' },
      ]),
    )
  // Only a body that is longer than it says: one that is shorter is waited for (see raw.ts).
  if (headers['content-length'] && Buffer.byteLength(text ?? '') < 5) delete headers['content-length']
  else if (headers['content-length']) text = Buffer.from(String(text)).subarray(0, 5)
  return { method, path: `${address}${query.length ? `?${query.join('&')}` : ''}`, headers, body: text, sound }
}
