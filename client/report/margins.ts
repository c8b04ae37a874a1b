import type { Evaluation } from '../../geo/wire/evaluation.ts'
import { monthWords } from './format.ts'
import { say } from './text/say.ts'

let sheet: CSSStyleSheet | null = null

const quoted = (text: string) => JSON.stringify(text)

/**
 * What stands in the margin of each printed page: which report and month, its state, the page's number. SIMULASI stands on every one of them while it
 * is that. (`@page` knows no words of the document, so they are written into a sheet of styles of their own.)
 */
export function setMargins({ city, month, simulated, complete }: Evaluation): void {
  const head = say('running_head', { city, month: monthWords(month) })
  const state = [...(simulated ? [say('simulated')] : []), ...(complete ? [] : [say('running')])].join(' · ')
  const [before, between] = say('page_of', { page: '\n', pages: '\n' }).split('\n')
  const look = 'font: 500 7.5pt Inter, sans-serif; color: #3a4851;'
  sheet ??= new CSSStyleSheet()
  sheet.replaceSync(`
    @page {
      @top-left { content: ${quoted(head)}; ${look} width: 58%; text-align: left; }
      @top-right { content: ${quoted(state)}; ${look} font-weight: 700; color: #10181d; text-align: right; }
      @bottom-right { content: ${quoted(before)} counter(page) ${quoted(between)} counter(pages); ${look} }
    }
    @page :first { @top-left { content: ''; } }
  `)
  if (!document.adoptedStyleSheets.includes(sheet))
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
