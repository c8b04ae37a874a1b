import { createHash, randomBytes } from 'node:crypto'

/** A new secret of 256 bits; its prefix tells what leaked when one does. */
export const newSecret = (kind: 'token' | 'session' | 'link'): string =>
  `siaga_${kind[0]}_${randomBytes(32).toString('base64url')}`

/** Whether a text has the form of an API token. */
export const isSecret = (text: string): boolean => /^siaga_t_[\w-]{20,}$/.test(text)

/** Secrets rest as this hash only. They carry full entropy, so one fast hash is enough, and looking one up leaks no timing of use. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
