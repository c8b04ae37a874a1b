/** Colours for WebGL, equal to theme/tokens.css where both have them (a test holds them together). */
export type Rgb = [red: number, green: number, blue: number]

export const COLOUR = {
  ground: '#0b1014',
  text: '#e6ecef',
  soft: '#a9b7bf',
  faint: '#8494a0',
  unit: '#8fcbe0',
  warning: '#ffb938',
  breached: '#ff6b5e',
} as const

/** The base map: quiet enough that one amber ring is the loudest thing on it. */
export const MAP_COLOUR = {
  sea: '#0a0f14',
  neighbour: '#0e1419',
  neighbour_line: '#1b252c',
  city: '#172027',
  kelurahan_line: '#2c3942',
  city_line: '#4a5b66',
  road_minor: '#2a353d',
  road_middle: '#36434c',
  road_major: '#495863',
  water: '#1d3d52',
  rail: '#5b6973',
  flood: '#3d6a86',
  closure: '#d8b8f2',
  closure_dim: '#8f78a6',
  label: '#8d9ca6',
  street: '#b3c0c8',
  label_dim: '#5d6b75',
} as const

export function rgb(hex: string): Rgb {
  return [
    Number.parseInt(hex.slice(1, 3), 16),
    Number.parseInt(hex.slice(3, 5), 16),
    Number.parseInt(hex.slice(5, 7), 16),
  ]
}
