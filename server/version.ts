/** Of the built program: package version and a hash of its sources, put in by vite.config.ts. Screens swap themselves when it changes. */
declare const __SIAGA_VERSION__: string | undefined
export const VERSION: string = typeof __SIAGA_VERSION__ === 'string' ? __SIAGA_VERSION__ : 'dev'
