import { expect, it } from 'vitest'
import { Keystream } from '../../../client/console/state/keystream.ts'

const KEY = new Uint8Array(32).fill(7)
const bytes = (text: string) => new TextEncoder().encode(text)

it('opens what it sealed, in another run too, and seals the same words never alike', async () => {
  const one = await Keystream.of(KEY)
  const other = await Keystream.of(KEY)
  const seen = new Set<string>()
  // More than one stream holds.
  for (let i = 0; i < 400; i++) {
    const plain = bytes(`panggilan ${i % 2} `.repeat(150))
    const sealed = one.seal(plain) ?? (await one.fill(), one.seal(plain))
    expect(sealed).not.toBeNull()
    if (!sealed) continue
    seen.add(Buffer.from(sealed.data).toString('hex').slice(0, 64))
    expect(await other.open(sealed)).toEqual(plain)
  }
  expect(seen.size).toBe(400)
})

it('is what AES-CTR says, and reads as nothing under another key', async () => {
  const stream = await Keystream.of(KEY)
  stream.seal(bytes('yang lain dahulu'))
  const plain = bytes('nomor penelepon')
  const sealed = stream.seal(plain)
  if (!sealed) throw new Error('nothing sealed')
  const key = await crypto.subtle.importKey('raw', KEY, 'AES-CTR', false, ['encrypt'])
  const how = { name: 'AES-CTR', counter: sealed.at, length: 64 }
  expect(new Uint8Array(await crypto.subtle.encrypt(how, key, plain))).toEqual(sealed.data)
  const foreign = await Keystream.of(new Uint8Array(32).fill(8))
  expect(await foreign.open(sealed)).not.toEqual(plain)
})
