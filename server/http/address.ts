import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/** Whether what stands `hop` places before this server is a proxy whose word is believed (express: `trust proxy fn`). */
export type Trust = (address: string, hop: number) => boolean

/**
 * Who asks, as far as proxies can be believed: the last address of X-Forwarded-For that no trusted proxy has, else the connection's own. The same as
 * express' `req.ip`, for sockets.
 */
export function clientAddress(req: Pick<IncomingMessage, 'headers' | 'socket'>, trust: Trust): string {
  const direct = req.socket.remoteAddress ?? ''
  const named = String(req.headers['x-forwarded-for'] ?? '')
  const hops = [direct, ...(named === '' ? [] : named.split(',').map((each) => each.trim())).reverse()]
  const stranger = hops.findIndex((address, hop) => !trust(address, hop))
  return hops[stranger === -1 ? hops.length - 1 : stranger]
}

/** What an address is counted by: IPv6 by its network of 64 bits, which one house has whole, IPv4 in its one form. */
export function addressKey(address: string | undefined): string {
  const plain = (address ?? '').toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  if (!isIPv6(plain)) return plain.slice(0, 64)
  const [head, tail] = plain.split('%')[0].split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  return [...front, ...Array<string>(zeros).fill('0'), ...back]
    .slice(0, 4)
    .map((part) => parseInt(part, 16).toString(16))
    .join(':')
}
