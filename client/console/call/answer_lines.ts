/** One question and its answer are one line of the description: `Ada yang terjebak? Dua orang di lantai 2`. */
const lineOf = (question: string, answer: string) => `${question} ${answer}`

const at = (lines: readonly string[], question: string) =>
  lines.findIndex((line) => line.startsWith(lineOf(question, '')))

/** What was answered; empty while nothing was. */
export function answerIn(description: string, question: string): string {
  const lines = description.split('\n')
  return lines[at(lines, question)]?.slice(lineOf(question, '').length) ?? ''
}

/** The description with this answer in its line, the other lines as they are; an empty answer takes its line away. */
export function withAnswer(description: string, question: string, answer: string): string {
  const lines = description === '' ? [] : description.split('\n')
  const line = at(lines, question)
  const said = answer === '' ? [] : [lineOf(question, answer.replaceAll('\n', ' '))]
  return lines.toSpliced(line < 0 ? lines.length : line, line < 0 ? 0 : 1, ...said).join('\n')
}
