import { strFromU8, unzipSync } from 'fflate'

/** The cells of a sheet as texts and numbers, row by row; dates are their serial numbers. */
export function sheetsOf(
  bytes: Buffer,
): Map<string, { rows: (string | number | null)[][]; xml: string; styles: string }> {
  const parts = unzipSync(bytes)
  const text = (name: string) => strFromU8(parts[name])
  const plain = (xml: string) =>
    xml
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&apos;|&#39;/g, "'")
      .replace(/&amp;/g, '&')
  const strings = [...text('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, si]) =>
    plain([...si.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, t]) => t).join('')),
  )
  const names = [...text('xl/workbook.xml').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => plain(name))
  return new Map(
    names.map((name, i) => {
      const xml = text(`xl/worksheets/sheet${i + 1}.xml`)
      const rows = [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
        const cells: (string | number | null)[] = []
        for (const [, at, rest, body] of row.matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
          const column = [...at].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
          const value = /<v>(.*?)<\/v>/s.exec(body ?? '')?.[1]
          cells[column] = value === undefined ? null : rest.includes('t="s"') ? strings[Number(value)] : Number(value)
        }
        return Array.from(cells, (cell) => cell ?? null)
      })
      return [name, { rows, xml, styles: text('xl/styles.xml') }]
    }),
  )
}
