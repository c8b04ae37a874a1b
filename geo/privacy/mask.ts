/** What a list shows of a caller's number: `0812•••••78`, enough to tell two apart, too little to call. Shorter than eight digits: only how long it is. */
export function maskNumber(number: string): string {
  const digits = number.replace(/[^\d+]/g, '')
  if (digits.length < 8) return '•'.repeat(digits.length)
  return `${digits.slice(0, 4)}${'•'.repeat(digits.length - 6)}${digits.slice(-2)}`
}

/** What a list shows of a caller's name: its initials, `S. A.` of Siti Aminah; of more than three words the first three. */
export const maskName = (name: string): string =>
  name
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 3)
    .map((word) => `${Array.from(word)[0].toLocaleUpperCase('id')}.`)
    .join(' ')
