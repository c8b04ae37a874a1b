import type { Services } from '../services.ts'

export interface Demo {
  stop(): Promise<void>
}

export function startDemo(_services: Services, _options: { url: string; token: string }): Demo {
  return { stop: async () => undefined }
}
