import { instant } from '../../geo/wire/primitives.ts'

/** An instant, or an interval between two of which one may be open (`..` or nothing); null when it is neither, or ends before it begins. */
export function parseDatetime(text: string): { from: Date | null; to: Date | null } | null {
  const ends = text.split('/')
  if (ends.length > 2) return null
  const edges = ends.map((end) => {
    if (ends.length === 2 && (end === '..' || end === '')) return null
    return instant.safeParse(end.toUpperCase()).success ? new Date(end) : undefined
  })
  const [from, to = from] = edges
  if (from === undefined || to === undefined || (from === null && to === null)) return null
  return from !== null && to !== null && from > to ? null : { from, to }
}
