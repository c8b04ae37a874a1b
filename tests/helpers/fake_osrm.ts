import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { distanceM, type LonLat } from '../../geo/earth.ts'

/** What is wrong with it; `ok` is a well one. */
export type Ailment =
  | 'ok'
  | 'hang'
  | 'cut'
  | 'cut_midway'
  | 'http_500'
  | 'html'
  | 'no_segment'
  | 'malformed'
  | 'short'
  | 'negative'
  | 'all_null'
  | 'lat_lon'
  | 'elsewhere'

export interface FakeOsrm {
  url: string
  /** From now on. */
  ailment: Ailment
  /** Before each answer, and for each of its places more. */
  delay_ms: number
  delay_per_place_ms: number
  /** Points (to 6 digits) that no road leads to. */
  readonly islands: Set<string>
  /** An old server: no distances, no waypoints. */
  old: boolean
  max_table_size: number
  /** Questions so far, the path of each with its query. */
  readonly asked: string[]
  /** The most questions it ever had in hand at once, and the connections they came by. */
  most_at_once: number
  connections: number
  /** Seconds it drives from one place to another. */
  seconds(from: LonLat, to: LonLat): number
  metres(from: LonLat, to: LonLat): number
  stop(): Promise<void>
}

/** Not ours: no answer of our own graph comes to these by chance. */
const SPEED_MS = 7.3
const DETOUR = 1.37
const FIXED_S = 11
const OFF_ROAD_M = 4.5

const metres = (from: LonLat, to: LonLat): number => DETOUR * distanceM(from, to)
const seconds = (from: LonLat, to: LonLat): number => FIXED_S + metres(from, to) / SPEED_MS

/** A real HTTP server that speaks OSRM's `/table` and `/route` (API v1), with straight roads everywhere; on `port`, or any. */
export async function startFakeOsrm(port = 0): Promise<FakeOsrm> {
  const sockets = new Set<Socket>()
  let in_hand = 0
  const server = createServer((req, res) => {
    fake.most_at_once = Math.max(fake.most_at_once, ++in_hand)
    res.on('close', () => in_hand--)
    void answer(req, res)
  })
  server.on('connection', (socket) => {
    fake.connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    fake.asked.push(req.url ?? '')
    const delay_ms = fake.delay_ms + fake.delay_per_place_ms * (req.url ?? '').split('?')[0].split(';').length
    if (delay_ms > 0) await new Promise((done) => setTimeout(done, delay_ms))
    switch (fake.ailment) {
      case 'hang':
        return
      case 'cut':
        return void req.socket.destroy()
      case 'cut_midway':
        res.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
        res.write('{"code":"Ok","durations":[[')
        return void setTimeout(() => req.socket.destroy(), 5)
      case 'http_500':
        return void res.writeHead(500).end('internal error')
      case 'html':
        return void res.writeHead(200, { 'content-type': 'text/html' }).end('<html>hotspot login</html>')
      case 'malformed':
        return void say(res, 200, '{"code":"Ok","durations":[[12.')
      case 'no_segment':
        return void say(res, 400, { code: 'NoSegment', message: 'Could not find a matching segment for coordinate 0' })
      default:
    }
    const url = new URL(req.url ?? '', 'http://x')
    const [, service, coordinates] = /\/(table|route)\/v1\/driving\/([^/]+)$/.exec(url.pathname) ?? []
    const places = (coordinates ?? '').split(';').map((pair) => pair.split(',').map(Number) as LonLat)
    if (places.length < 2 || places.some(([lon, lat]) => !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)))
      return void say(res, 400, { code: 'InvalidQuery', message: 'Query string malformed' })
    if (service === 'table') return table(res, url.searchParams, places)
    if (service === 'route') return void say(res, 200, route(url.searchParams, places))
    say(res, 400, { code: 'InvalidService', message: 'Service not found' })
  }

  function table(res: ServerResponse, query: URLSearchParams, places: LonLat[]): void {
    if (places.length > fake.max_table_size)
      return say(res, 400, { code: 'TooBig', message: 'Too many table coordinates' })
    const chosen = (name: string) => (query.get(name) ?? places.map((_, i) => i).join(';')).split(';').map(Number)
    const [sources, destinations] = [chosen('sources'), chosen('destinations')]
    const cells = (of: (from: LonLat, to: LonLat) => number) =>
      sources.map((s) =>
        destinations.map((d) => (fake.ailment === 'all_null' || isIsland(places[s]) ? null : of(places[s], places[d]))),
      )
    const durations = cells((from, to) => (fake.ailment === 'negative' ? -1 : seconds(from, to)))
    if (fake.ailment === 'short') durations.pop()
    const body = { code: 'Ok', durations }
    if (fake.old) return say(res, 200, body)
    const waypoints = (of: number[]) => of.map((i) => waypoint(places[i]))
    say(res, 200, {
      ...body,
      ...((query.get('annotations') ?? '').includes('distance') ? { distances: cells(metres) } : {}),
      sources: waypoints(sources),
      destinations: waypoints(destinations),
    })
  }

  function route(query: URLSearchParams, [from, to]: LonLat[]) {
    const middle: LonLat = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
    const duration = seconds(from, to)
    return {
      code: 'Ok',
      routes: [
        {
          duration,
          distance: metres(from, to),
          weight: duration,
          weight_name: 'routability',
          geometry: { type: 'LineString', coordinates: [from, middle, to].map((point) => turned(point)) },
          legs: [
            {
              steps: [],
              summary: '',
              weight: duration,
              duration,
              distance: metres(from, to),
              // The first half is driven at three times the speed; turns are in the leg's duration only.
              ...((query.get('annotations') ?? '').includes('duration')
                ? { annotation: { duration: [(duration - FIXED_S) / 4, (3 * (duration - FIXED_S)) / 4] } }
                : {}),
            },
          ],
        },
      ],
      waypoints: [waypoint(from), waypoint(to)],
    }
  }

  const isIsland = (point: LonLat): boolean => fake.islands.has(point.map((c) => c.toFixed(6)).join())
  const turned = ([lon, lat]: LonLat): LonLat =>
    fake.ailment === 'lat_lon' ? [lat, lon] : fake.ailment === 'elsewhere' ? [lon - 100, lat + 50] : [lon, lat]
  const waypoint = (point: LonLat) => ({ hint: 'x', name: '', location: turned(point), distance: OFF_ROAD_M })
  const say = (res: ServerResponse, status: number, body: object | string) =>
    void res
      .writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
      .end(typeof body === 'string' ? body : JSON.stringify(body))

  const fake: FakeOsrm = {
    url: '',
    ailment: 'ok',
    delay_ms: 0,
    delay_per_place_ms: 0,
    islands: new Set(),
    old: false,
    max_table_size: 100,
    asked: [],
    most_at_once: 0,
    connections: 0,
    seconds,
    metres,
    stop() {
      for (const socket of sockets) socket.destroy()
      return new Promise((done) => void server.close(() => done()))
    },
  }
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const address = server.address()
  fake.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return fake
}
