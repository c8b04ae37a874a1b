/** Colours for WebGL, equal to theme/tokens.css and theme/light.css where both have them (a test holds them together). */
export type Rgb = [red: number, green: number, blue: number]
export type Theme = 'dark' | 'light'

const DARK = {
  ground: '#0b1014',
  text: '#e6ecef',
  soft: '#a9b7bf',
  faint: '#8494a0',
  unit: '#8fcbe0',
  idle: '#6c808c',
  warning: '#ffb938',
  breached: '#ff6b5e',
}
const LIGHT: typeof DARK = {
  ground: '#e9edf0',
  text: '#10181d',
  soft: '#3a4851',
  faint: '#55636c',
  unit: '#005b7a',
  idle: '#5d6f7a',
  warning: '#885200',
  breached: '#8f0015',
}

/** The base map: quiet enough that one amber ring is the loudest thing on it. */
const MAP_DARK = {
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
}
const MAP_LIGHT: typeof MAP_DARK = {
  sea: '#d9e2e8',
  neighbour: '#e2e7ea',
  neighbour_line: '#c8d1d7',
  city: '#f3f5f6',
  kelurahan_line: '#cfd7dc',
  city_line: '#8f9da6',
  road_minor: '#dde3e7',
  road_middle: '#c9d2d8',
  road_major: '#aebac2',
  water: '#a3c6da',
  rail: '#98a5ad',
  flood: '#8db4cc',
  closure: '#5b2a8a',
  closure_dim: '#9a80b5',
  label: '#56646d',
  street: '#414e57',
  label_dim: '#7d8a93',
}

/** Of the theme shown now: to be read when something is drawn, never kept, for a wall changes its theme without a reload. */
export const COLOUR: Readonly<typeof DARK> = { ...DARK }
export const MAP_COLOUR: Readonly<typeof MAP_DARK> = { ...MAP_DARK }
export const THEMES = { dark: { live: DARK, map: MAP_DARK }, light: { live: LIGHT, map: MAP_LIGHT } } as const

let shown: Theme = 'dark'
export const shownTheme = (): Theme => shown

/** Every colour from now on; the page's own follow `data-theme` of the root. What was drawn already has to be drawn again. */
export function showTheme(theme: Theme): void {
  shown = theme
  Object.assign(COLOUR, THEMES[theme].live)
  Object.assign(MAP_COLOUR, THEMES[theme].map)
}

export function rgb(hex: string): Rgb {
  return [
    Number.parseInt(hex.slice(1, 3), 16),
    Number.parseInt(hex.slice(3, 5), 16),
    Number.parseInt(hex.slice(5, 7), 16),
  ]
}
