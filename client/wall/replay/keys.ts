import type { Player } from './player.svelte.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** What a key does; null: it means nothing here. Digits choose a speed. */
export function actOf(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  player: Player,
): (() => unknown) | null {
  switch (key) {
    case ' ':
      return () => player.toggle()
    case 'ArrowLeft':
      return () => player.step(shiftKey ? -MINUTE_MS : -10 * SECOND_MS)
    case 'ArrowRight':
      return () => player.step(shiftKey ? MINUTE_MS : 10 * SECOND_MS)
    case 'PageUp':
      return () => player.step(-10 * MINUTE_MS)
    case 'PageDown':
      return () => player.step(10 * MINUTE_MS)
    case 'Home':
      return () => player.seek(player.from)
    case 'End':
      return () => player.seek(player.end)
    case '+':
    case '=':
      return () => player.shift(1)
    case '-':
      return () => player.shift(-1)
    case ',':
      return () => player.jump(-1)
    case '.':
      return () => player.jump(1)
    case '1':
    case '2':
    case '4':
    case '8':
      return () => player.setSpeed(Number(key))
    default:
      return null
  }
}
