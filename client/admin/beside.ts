/** The one `step` places on in a list, within its ends; the first where none is chosen or it is gone. Undefined: the list is empty. */
export function beside<T>(list: readonly T[], chosen: T | null, step: number): T | undefined {
  const at = chosen === null ? -1 : list.indexOf(chosen)
  return at < 0 ? list[0] : list[Math.max(0, Math.min(list.length - 1, at + step))]
}
