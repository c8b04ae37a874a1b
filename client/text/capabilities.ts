import { capabilityWord as wordIn } from '../../geo/city/capabilities.ts'
import { locale } from './text.ts'

/** What a unit can do, in the page's language. */
export const capabilityWord = (code: string): string => wordIn(code, locale)
