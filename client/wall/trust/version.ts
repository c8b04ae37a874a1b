declare const __SIAGA_VERSION__: string | undefined
/** Build of this very page: what it was served as, whatever the server serves now. */
export const OWN_VERSION: string = typeof __SIAGA_VERSION__ === 'string' ? __SIAGA_VERSION__ : 'dev'
