import { capabilityWord } from '../../text/capabilities.ts'

/** What a unit can do, on one line. */
export const capabilityWords = (codes: readonly string[]): string => codes.map(capabilityWord).join(', ')
