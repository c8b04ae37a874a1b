/**
 * The plain counterpart of the server, for the baselines: express and pg with nothing of the product in between. Forked by
 * house.ts with BENCH_CONNECTION; tells its parent its port.
 */
import { createServer } from 'node:http'
import compression from 'compression'
import express from 'express'
import pg from 'pg'
import { WebSocketServer } from 'ws'

const pool = new pg.Pool({ ...JSON.parse(process.env.BENCH_CONNECTION), max: 4 })
pool.on('error', () => undefined)
await pool.query(`create table if not exists bench_incident (
  id uuid primary key default gen_random_uuid(), incident_type text, location geometry(Point, 4326), description text, received_at timestamptz default now())`)
await pool.query(`create table if not exists bench_position (
  unit_id text, fix_at timestamptz, location geometry(Point, 4326), received_at timestamptz default now())`)

const insert = async ({ incident_type, location, description }) => {
  const [lon, lat] = location?.coordinates ?? [109.67, -6.89]
  const { rows } = await pool.query(
    'insert into bench_incident (incident_type, location, description) values ($1, st_setsrid(st_makepoint($2, $3), 4326), $4) returning id, received_at',
    [incident_type, lon, lat, description],
  )
  return rows[0]
}

const app = express()
app.use(compression({ threshold: 1024 }))
app.use(express.json({ limit: '20mb' }))
app.get('/none', (_req, res) => void res.json({}))
app.post('/insert', async (req, res) => void res.status(201).json(await insert(req.body)))

let list = []
app.put('/list', (req, res) => {
  list = req.body
  res.json({ rows: list.length })
})
app.get('/list', (_req, res) => void res.json(list))

app.post('/positions', async (req, res) => {
  const column = (of) => req.body.map(of)
  await pool.query(
    'insert into bench_position (unit_id, fix_at, location) select u, f, st_setsrid(st_makepoint(x, y), 4326) from unnest($1::text[], $2::timestamptz[], $3::float8[], $4::float8[]) as t(u, f, x, y)',
    [
      column((p) => p.callsign),
      column((p) => p.fix_at),
      column((p) => p.location.coordinates[0]),
      column((p) => p.location.coordinates[1]),
    ],
  )
  res.json({ accepted: req.body.length })
})

const server = createServer(app)
const wss = new WebSocketServer({ server, perMessageDeflate: false })
app.post('/broadcast', async (req, res) => {
  const made = await insert(req.body)
  const text = JSON.stringify({ type: 'event', incident: { ...req.body, ...made } })
  for (const ws of wss.clients) ws.send(text)
  res.status(201).json(made)
})

let greeting = ''
app.put('/greeting', (req, res) => {
  greeting = req.body.text
  res.json({ bytes: greeting.length })
})
wss.on('connection', (ws) => {
  if (greeting) ws.send(greeting)
})

process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
