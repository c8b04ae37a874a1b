/** Types that happen within a household or to one person at home: no list of places that repeat tells them. */
export const HOUSEHOLD_TYPES: ReadonlySet<string> = new Set(['kdrt', 'odgj'])
