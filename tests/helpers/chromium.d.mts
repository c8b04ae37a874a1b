/** Types of chromium.mjs, which the plain-JavaScript runner needs too. */
export function findChromium(): Promise<string | null>
export const CHROMIUM_FLAGS: string[]
