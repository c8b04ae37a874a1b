import type { Services } from '../services.ts'
import type { DemoCity } from './day.ts'
export interface LiveOptions { url: string; token: string; signal: AbortSignal; city: () => Promise<DemoCity> }
export async function startLive(_services: Services, _options: LiveOptions): Promise<void> {}
