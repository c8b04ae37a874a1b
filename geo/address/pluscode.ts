import type { LonLat } from '../earth.ts'

/**
 * Open Location Code (https://github.com/google/open-location-code, specification.md): twenty letters, five pairs of
 * 20 degrees down to 1/8000, then a 4 x 5 grid per further letter.
 */
const ALPHABET = '23456789CFGHJMPQRVWX'
const PAIR_DEGREES = [20, 1, 0.05, 0.0025, 0.000125]
const CODE = /(?<![A-Z0-9])([23456789CFGHJMPQRVWX]{2,8}0{0,6}\+[23456789CFGHJMPQRVWX]{0,7})(?![A-Z0-9])/i

export interface PlusCodeArea {
  centre: LonLat
  /** Sizes of the cell in degrees. */
  lat_degrees: number
  lon_degrees: number
}

/** The first plus code in a text (upper case), or null. A lone `+` between words is none. */
export function findPlusCode(text: string): string | null {
  const hit = CODE.exec(text)
  if (!hit) return null
  const code = hit[1].toUpperCase()
  const head = code.indexOf('+')
  const tail = code.length - head - 1
  const even = head % 2 === 0 && head >= 4
  if (!even || tail === 1 || (code.includes('0') && (tail > 0 || head !== 8 || code.indexOf('0') % 2 !== 0)))
    return null
  // digits alone, or nothing behind, are more likely a sum than a place
  return head < 8 && (tail === 0 || !/[A-Z]/.test(code)) ? null : code
}

/** The cell of a full code (eight letters before the plus); null when it is no full code. */
export function decodePlusCode(code: string): PlusCodeArea | null {
  if (code.indexOf('+') !== 8) return null
  const letters = code.replace('+', '').replace(/(?<!0)0+$/, '')
  let lat = -90
  let lon = -180
  let latSize = 20
  let lonSize = 20
  for (let i = 0; i < letters.length && i < 10; i += 2) {
    latSize = lonSize = PAIR_DEGREES[i / 2]
    lat += ALPHABET.indexOf(letters[i]) * latSize
    lon += ALPHABET.indexOf(letters[i + 1]) * lonSize
  }
  for (const letter of letters.slice(10)) {
    latSize /= 5
    lonSize /= 4
    const value = ALPHABET.indexOf(letter)
    lat += Math.floor(value / 4) * latSize
    lon += (value % 4) * lonSize
  }
  if (lat >= 90 || lon >= 180) return null
  return { centre: [lon + lonSize / 2, lat + latSize / 2], lat_degrees: latSize, lon_degrees: lonSize }
}

/** The first `length` (even, up to 10) letters of the code of a point, without the plus. */
export function encodePlusCode(point: LonLat, length = 10): string {
  let lat = Math.max(0, Math.min(179.999_875, point[1] + 90))
  let lon = (((point[0] + 180) % 360) + 360) % 360
  let out = ''
  for (let i = 0; i < length / 2; i++) {
    // a millionth of a cell guards against 0.05 not being exact in binary
    const y = Math.min(19, Math.floor(lat / PAIR_DEGREES[i] + 1e-9))
    const x = Math.min(19, Math.floor(lon / PAIR_DEGREES[i] + 1e-9))
    out += ALPHABET[y] + ALPHABET[x]
    lat -= y * PAIR_DEGREES[i]
    lon -= x * PAIR_DEGREES[i]
  }
  return out
}

/** The cell of a code, a short one completed to the nearest such cell around `reference`. */
export function readPlusCode(code: string, reference: LonLat): PlusCodeArea | null {
  const missing = 8 - code.indexOf('+')
  if (missing === 0) return decodePlusCode(code)
  const area = decodePlusCode(encodePlusCode(reference, 10).slice(0, missing) + code)
  if (!area) return null
  const period = PAIR_DEGREES[missing / 2 - 1]
  const nearest = (value: number, wanted: number) =>
    value - wanted > period / 2 ? value - period : wanted - value > period / 2 ? value + period : value
  const lat = nearest(area.centre[1], reference[1])
  return { ...area, centre: [nearest(area.centre[0], reference[0]), Math.abs(lat) <= 90 ? lat : area.centre[1]] }
}
