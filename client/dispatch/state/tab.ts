const FLASH_MS = 1_000
const NONE = 'data:image/svg+xml,' + encodeURIComponent(sign('#2b3840', '#9fb0ba'))
const LIT = 'data:image/svg+xml,' + encodeURIComponent(sign('#ffb020', '#191200'))

function sign(ground: string, mark: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="${ground}"/><path d="M8 3v6M8 11.5v1.5" stroke="${mark}" stroke-width="2.4"/></svg>`
}

/** What the browser's tab says of the page: its title and its sign flash while `words` are set, as fast as a hidden tab's timers go. */
export class Tab {
  private readonly title: string
  private readonly icon: HTMLLinkElement | null
  private readonly plain: string
  private timer: ReturnType<typeof setInterval> | undefined
  private words = ''
  private lit = false

  constructor(private readonly page: Document = document) {
    this.title = page.title
    this.icon = page.querySelector('link[rel~="icon"]')
    this.plain = this.icon?.getAttribute('href') ?? ''
  }

  /** Empty: the page's own title and sign. */
  say(words: string): void {
    this.words = words
    clearInterval(this.timer)
    this.lit = words !== ''
    if (this.lit) this.timer = setInterval(() => this.flash(), FLASH_MS)
    this.show()
  }
  close(): void {
    this.say('')
  }

  private flash(): void {
    this.lit = !this.lit
    this.show()
  }
  private show(): void {
    // The words stand in both states: whoever reads the row of tabs does not wait for the right second.
    this.page.title = this.words ? `${this.words} ${this.lit ? '●' : '○'} ${this.title}` : this.title
    this.icon?.setAttribute('href', this.words ? (this.lit ? LIT : NONE) : this.plain)
  }
}
