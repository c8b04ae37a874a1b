/** Types of free_port.mjs, which the plain-JavaScript programs need too. */
export function freePort(): Promise<number>
