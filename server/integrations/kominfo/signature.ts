import { createHmac } from 'node:crypto'

/**
 * The headers of Standard Webhooks (standardwebhooks.com) for one body: HMAC-SHA-256 over `id.timestamp.body`, once with each secret (bytes), so that
 * a secret can be changed while both sides know the old and the new one. `at`: epoch ms.
 */
export function signed(id: string, at: number, body: string, secrets: readonly Buffer[]): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000))
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  )
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
