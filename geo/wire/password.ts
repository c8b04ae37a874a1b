const SHORTEST_PASSWORD = 12
const LONGEST_PASSWORD = 256

/** What the commonest passwords are put together from, longest first. */
const COMMON = [
  'katasandi|password|passw0rd|pekalongan|indonesia|bismillah|alhamdulillah|1q2w3e4r5t|qwertyuiop|qwerty|asdfghjkl|asdfgh|zxcvbnm',
  'rahasia|iloveyou|sayang|letmein|welcome|administrator|admin|operator|supervisor|dispatcher|siaga|kominfo|darurat|sandi|user|test|abcdefghijkl|abcdef|abc',
].flatMap((line) => line.split('|'))
/** Fewer letters than this of one's own beside common words, the login and digits are none. */
const OWN_LETTERS = 4

/**
 * Why a password is refused, in words for its user, or null. Length is all that is asked: no kinds of characters. What anybody
 * tries first is refused: the login, and common words with digits and signs around them.
 */
export function passwordFault(password: string, login: string | null): string | null {
  const length = [...password].length
  if (length < SHORTEST_PASSWORD) return `kata sandi paling sedikit ${SHORTEST_PASSWORD} karakter (sekarang ${length})`
  if (length > LONGEST_PASSWORD) return `kata sandi paling banyak ${LONGEST_PASSWORD} karakter`
  const said = password.normalize('NFKC').toLowerCase().replaceAll('@', 'a').replaceAll('$', 's')
  const name = login?.toLowerCase()
  if (name && said.replaceAll(name, '').replace(/[^\p{L}]/gu, '').length < OWN_LETTERS && said.includes(name))
    return 'kata sandi tidak boleh berupa nama masuk'
  if (new Set(said).size < 5) return 'kata sandi ini terlalu mudah ditebak: hampir semua karakternya sama'
  // Digits alone may be as good as words when nobody knows them; runs and repetitions are known.
  if (/^\p{N}+$/u.test(said)) return isRun(said) ? 'kata sandi ini terlalu mudah ditebak: angka berurutan' : null
  const own = COMMON.reduce((rest, word) => rest.replaceAll(word, ''), said).replace(/[^\p{L}]/gu, '')
  return own.length < OWN_LETTERS && /\p{L}/u.test(said)
    ? 'kata sandi ini terlalu mudah ditebak: hanya kata yang umum dipakai'
    : null
}

/** Mostly steps of one up or down, or one short piece again and again. */
function isRun(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, i) => (Number(digit) - Number(digits[i]) + 10) % 10)
  const even = steps.filter((step) => step === 1 || step === 9 || step === 0).length
  return even >= steps.length * 0.7 || /^(.{1,6})\1+.{0,5}$/.test(digits)
}
