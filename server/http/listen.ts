import type { Server } from 'node:http'
import type { Config } from '../config.ts'

/** Takes the port; answers which (0 takes any). Throws an Error with one line for people. */
export function listen(server: Server, config: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${config.port} sudah dipakai program lain. Hentikan program itu, atau pakai PORT lain (misalnya PORT=${config.port + 1}).`,
            )
          : new Error(
              `Tidak dapat mendengarkan di ${config.host}:${config.port} (${error.code}). Periksa HOST dan PORT.`,
            ),
      ),
    )
    server.listen(config.port, config.host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : config.port)
    })
  })
}
