const BLOCK = 16
const AHEAD_BYTES = 256 * 1024
const LOW_BYTES = 64 * 1024
/** Bits of the counter block that count; the others are random for each run of the stream. */
const COUNTER_BITS = 64

export interface Sealed {
  /** The counter block at which these bytes begin. */
  at: Uint8Array<ArrayBuffer>
  data: Uint8Array<ArrayBuffer>
}

/**
 * AES-CTR worked ahead: the browser only encrypts asynchronously, and a page that goes away does not wait for it. The stream lies ready, so
 * that sealing is an XOR, done within the key's own event. No part of a stream is used twice.
 */
export class Keystream {
  private stream = new Uint8Array(0)
  private nonce = new Uint8Array(BLOCK)
  private used = 0
  private filling: Promise<void> | null = null

  private constructor(private readonly key: CryptoKey) {}

  /** `key`: 32 bytes. */
  static async of(key: Uint8Array<ArrayBuffer>): Promise<Keystream> {
    const secret = await crypto.subtle.importKey('raw', key, 'AES-CTR', false, ['encrypt', 'decrypt'])
    const made = new Keystream(secret)
    await made.fill()
    return made
  }

  /** Null while not enough of the stream lies ready: {@link fill}, then again. */
  seal(plain: Uint8Array): Sealed | null {
    const { stream, used } = this
    if (stream.length - used < plain.length + LOW_BYTES) void this.fill()
    if (stream.length - used < plain.length) return null
    const at = this.nonce.slice()
    new DataView(at.buffer).setBigUint64(BLOCK - COUNTER_BITS / 8, BigInt(used / BLOCK))
    const data = Uint8Array.from(plain, (byte, i) => byte ^ stream[used + i])
    this.used += Math.ceil(plain.length / BLOCK) * BLOCK
    return { at, data }
  }

  async open({ at, data }: Sealed): Promise<Uint8Array> {
    const how = { name: 'AES-CTR', counter: at, length: COUNTER_BITS }
    return new Uint8Array(await crypto.subtle.decrypt(how, this.key, data))
  }

  /** A fresh stream, at least `bytes` long. */
  fill(bytes = AHEAD_BYTES): Promise<void> {
    this.filling ??= this.make(Math.max(bytes, AHEAD_BYTES)).finally(() => (this.filling = null))
    return this.filling
  }

  private async make(bytes: number): Promise<void> {
    const nonce = new Uint8Array(BLOCK)
    crypto.getRandomValues(nonce.subarray(0, BLOCK - COUNTER_BITS / 8))
    const how = { name: 'AES-CTR', counter: nonce.slice(), length: COUNTER_BITS }
    const stream = new Uint8Array(await crypto.subtle.encrypt(how, this.key, new Uint8Array(bytes)))
    this.nonce = nonce
    this.stream = stream
    this.used = 0
  }
}
