/** What is told once when a phone is paired. */
export interface Pairing {
  /** Origin of the server as phones reach it. */
  server_url: string
  secret: string
  callsign: string
}

/** Seconds between fixes and metres between them; Traccar Client sends at either (the interval counts on Android and at `highest` only). */
const INTERVAL_S = 10
const DISTANCE_M = 20

export const traccarUrl = ({ server_url }: Pairing): string => `${server_url}/api/positions/osmand`
export const ownTracksUrl = ({ server_url }: Pairing): string => `${server_url}/api/positions/owntracks`

const traccarSettings = ({ secret }: Pairing) => ({
  id: secret,
  accuracy: 'highest',
  interval: String(INTERVAL_S),
  distance: String(DISTANCE_M),
  fastest_interval: String(INTERVAL_S),
  heartbeat: '60',
  buffer: 'true',
  stop_detection: 'false',
})

/**
 * What Traccar Client's scanner reads: the server's address with the settings as its query. The app keeps address and path and takes each setting it
 * knows, so the token is the device's identifier.
 */
export const traccarCode = (pairing: Pairing): string =>
  `${traccarUrl(pairing)}?${new URLSearchParams(traccarSettings(pairing))}`

/** The same as a link that the app opens by itself. */
export const traccarLink = (pairing: Pairing): string =>
  `org.traccar.client://config?${new URLSearchParams({ url: traccarUrl(pairing), ...traccarSettings(pairing) })}`

/** A configuration that OwnTracks takes from a link or a code: HTTP mode, the token as the password of Basic authentication. */
export function ownTracksLink(pairing: Pairing): string {
  const { secret, callsign } = pairing
  const plain = callsign.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const configuration = {
    _type: 'configuration',
    mode: 3,
    url: ownTracksUrl(pairing),
    auth: true,
    username: plain,
    password: secret,
    deviceId: plain,
    tid: plain.replace(/-/g, '').slice(-2),
    monitoring: 2,
    locatorInterval: INTERVAL_S,
    locatorDisplacement: DISTANCE_M,
    cmd: false,
  }
  return `owntracks:///config?inline=${encodeURIComponent(btoa(JSON.stringify(configuration)))}`
}
