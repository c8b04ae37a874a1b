import express, { type Request, type Response } from 'express'
import { ApiError } from '../errors.ts'

/**
 * Reads a body of bytes once the caller is known to be allowed; never more than `limit` of it is held. Throws 413 beyond, 415 when it comes
 * packed or as text of another parser, 422 when there is none.
 */
export async function rawBody(req: Request, res: Response, limit: number, field: string): Promise<Buffer> {
  if (!/^image\//i.test(req.headers['content-type'] ?? ''))
    throw new ApiError(415, 'not_a_photo', 'Kirim isi foto itu sendiri sebagai image/jpeg, image/png atau image/webp', [
      { field: 'Content-Type', reason: 'harus image/jpeg, image/png atau image/webp' },
    ])
  const read = express.raw({ type: () => true, limit, inflate: false })
  await new Promise<void>((resolve, reject) =>
    read(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error))),
  ).catch((error: unknown) => {
    if ((error as { type?: string }).type !== 'entity.too.large') throw error
    throw new ApiError(413, 'too_large', `Isi melebihi ${limit / 1024 / 1024} MB`, [
      { field, reason: `melebihi ${limit / 1024 / 1024} MB` },
    ])
  })
  const body: unknown = req.body
  if (!Buffer.isBuffer(body) || body.length === 0)
    throw new ApiError(422, 'invalid', `${field}: kosong`, [{ field, reason: 'kosong' }])
  return body
}
