/** A screen as it hangs: diagonal in inches, pixels as the page counts them, and the farthest eye in metres. */
export interface Screen {
  inches: number
  width_px: number
  height_px: number
  distance_m: number
}

/** Height of Inter's capitals in em. */
export const CAPITALS_EM = 0.727
/** Capitals that subtend less than this, in minutes of arc, cannot be read (ISO 9241-3). */
export const LEAST_ARCMIN = 16

const MM_PER_INCH = 25.4
const HALF_ARCMIN_RAD = Math.PI / 180 / 60 / 2

/** Height in mm of what subtends `arcmin` at `distance_m`. */
const heightMm = (arcmin: number, distance_m: number): number =>
  2 * distance_m * 1000 * Math.tan(arcmin * HALF_ARCMIN_RAD)

/** Side of a pixel in mm; pixels are square and fill the screen. */
const pixelMm = ({ inches, width_px, height_px }: Omit<Screen, 'distance_m'>): number =>
  (inches * MM_PER_INCH) / Math.hypot(width_px, height_px)

/** Height in px of capitals that subtend `arcmin` for the farthest viewer. */
export const capitalsPx = (screen: Screen, arcmin = LEAST_ARCMIN): number =>
  heightMm(arcmin, screen.distance_m) / pixelMm(screen)

/** Minutes of arc that capitals of a type of `font_px` subtend for the farthest viewer. */
export const arcminOf = (screen: Screen, font_px: number): number =>
  Math.atan((font_px * CAPITALS_EM * pixelMm(screen)) / (2 * screen.distance_m * 1000)) / HALF_ARCMIN_RAD
