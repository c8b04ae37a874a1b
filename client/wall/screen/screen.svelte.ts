import { wallPlan } from '../../../geo/screen/wall_plan.ts'
import type { WallPlan } from '../../../geo/screen/wall_plan.ts'
import { DEFAULT_SCREEN, screenSettings, screenSettingsRow } from '../../../geo/wire/screen_settings.ts'
import type { SceneDwell, ScreenSettings } from '../../../geo/wire/screen_settings.ts'
import { ask } from '../../state/api.ts'
import { showTheme } from '../../theme/colours.ts'
import type { Theme } from '../../theme/colours.ts'
import { screenId } from './identity.ts'

const KEY = 'siaga112-screen-settings'
const RETRY_MS = 5000
/** `auto`: light between these hours, WIB. */
const LIGHT_FROM_HOUR = 6
const LIGHT_TO_HOUR = 18
const WIB_MS = 7 * 3_600_000

/**
 * What this screen is set to, and what follows from it: how large everything is, what has room, and the theme. Settings are kept here and on
 * the server; what an admin changes there is taken over.
 */
export class WallScreen {
  readonly id = screenId()
  settings = $state.raw<ScreenSettings>(DEFAULT_SCREEN)
  plan = $state.raw<WallPlan>(this.planned())
  theme = $state<Theme>('dark')
  /** Nobody ever said what this screen is: to be asked, once. */
  unasked = $state(false)
  /** The server does not take this screen's settings: they are kept here only. */
  here_only = $state(false)
  /** From the address: for kiosks without a keyboard. They hold until something else is saved. */
  private asked: Partial<ScreenSettings> = fromAddress(location.search)
  private unsent = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly resized = () => this.apply()

  constructor() {
    const held = read()
    this.settings = { ...(held ?? DEFAULT_SCREEN), ...this.asked }
    this.apply()
    addEventListener('resize', this.resized)
  }

  /** Scenes of the rotation that this layout has room for. */
  get stops(): readonly SceneDwell[] {
    return this.plan.layout === 'list'
      ? this.settings.rotation.filter(({ scene }) => scene === 'live')
      : this.settings.rotation
  }

  /** Asks the server, at the start and whenever it said that some screen was set anew. */
  async pull(): Promise<void> {
    if (this.unsent) return
    const answer = await ask('GET', this.path, screenSettingsRow)
    if (this.unsent) return
    if (answer.ok && answer.value.settings) {
      this.unasked = false
      return this.take({ ...answer.value.settings, ...this.asked })
    }
    if (!answer.ok && answer.away) return
    const held = read() !== null || Object.keys(this.asked).length > 0
    if (!held) this.unasked = true
    else if (answer.ok) this.save(this.settings, false)
    else this.here_only = true
  }

  /** By hand, here: in force at once, on the server as soon as it answers. */
  save(settings: ScreenSettings, by_hand = true): void {
    if (by_hand) this.asked = {}
    this.unasked = false
    this.take(settings)
    this.unsent = true
    void this.push()
  }

  /** With each second: `auto` changes with the hour. `now`: server time, epoch ms. */
  look(now: number): void {
    const theme = themeAt(this.settings.theme, now)
    if (theme !== this.theme) this.paint(theme)
  }

  close(): void {
    clearTimeout(this.timer)
    removeEventListener('resize', this.resized)
  }

  private get path(): string {
    return `/api/screens/${encodeURIComponent(this.id)}/settings`
  }

  private async push(): Promise<void> {
    clearTimeout(this.timer)
    const sent = this.settings
    const answer = await ask('PUT', this.path, screenSettingsRow, { body: sent })
    if (sent !== this.settings) return void this.push()
    if (!answer.ok && answer.away) this.timer = setTimeout(() => void this.push(), RETRY_MS)
    else {
      this.unsent = false
      this.here_only = !answer.ok
    }
  }

  private take(settings: ScreenSettings): void {
    this.settings = settings
    write(settings)
    this.apply()
  }

  private planned(): WallPlan {
    const { inches, distance_m } = this.settings
    return wallPlan({ inches, distance_m, width_px: innerWidth, height_px: innerHeight })
  }

  private apply(): void {
    this.plan = this.planned()
    document.documentElement.style.fontSize = `${this.plan.rem_px}px`
    this.paint(themeAt(this.settings.theme, Date.now()))
  }

  private paint(theme: Theme): void {
    document.documentElement.dataset.theme = theme
    showTheme(theme)
    this.theme = theme
  }
}

export function themeAt(choice: ScreenSettings['theme'], now: number): Theme {
  if (choice !== 'auto') return choice
  const hour = new Date(now + WIB_MS).getUTCHours()
  return hour >= LIGHT_FROM_HOUR && hour < LIGHT_TO_HOUR ? 'light' : 'dark'
}

/** `?inches=75&distance=7&theme=light`; what is not sensible is passed over. */
function fromAddress(search: string): Partial<ScreenSettings> {
  const asked = new URLSearchParams(search)
  const { inches, distance_m, theme } = screenSettings.shape
  const found: Partial<ScreenSettings> = {}
  const number = (name: string) => (asked.has(name) ? Number(asked.get(name)?.replace(',', '.')) : undefined)
  const [size, distance, colour] = [
    inches.safeParse(number('inches')),
    distance_m.safeParse(number('distance')),
    theme.safeParse(asked.get('theme')),
  ]
  if (size.success) found.inches = size.data
  if (distance.success) found.distance_m = distance.data
  if (colour.success) found.theme = colour.data
  return found
}

function read(): ScreenSettings | null {
  try {
    return screenSettings.parse(JSON.parse(localStorage.getItem(KEY) ?? 'null'))
  } catch {
    return null
  }
}

function write(settings: ScreenSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings))
  } catch {
    // A browser that keeps nothing: the server does.
  }
}
