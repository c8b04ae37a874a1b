import { showTheme, type Theme } from './colours.ts'

const KEY = 'siaga-theme'

/** The theme of a page read in an office: the one chosen last on this machine, else the machine's own. `?theme=light` counts first. */
export class PageTheme {
  shown = $state<Theme>('dark')

  constructor() {
    const asked = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(KEY)
    const bright = matchMedia('(prefers-color-scheme: light)').matches
    this.paint(asked === 'light' || asked === 'dark' ? asked : bright ? 'light' : 'dark')
  }

  toggle(): void {
    this.paint(this.shown === 'light' ? 'dark' : 'light')
    localStorage.setItem(KEY, this.shown)
  }

  /** Shows it without keeping it for the next time. */
  paint(theme: Theme): void {
    document.documentElement.dataset.theme = theme
    showTheme(theme)
    this.shown = theme
  }
}
