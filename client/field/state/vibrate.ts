/** Shakes the phone, where it can and the browser lets a page do so: after the first touch. */
export function vibrate(...pattern: number[]): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern)
}
