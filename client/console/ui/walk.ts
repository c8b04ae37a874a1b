/** Attachment: up and down arrows walk all boxes inside `node` as one list, round and round. Fields of text keep their arrows. */
export function walkBoxes(node: HTMLElement): () => void {
  function keydown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const { target } = event
    if (
      step === undefined ||
      target instanceof HTMLTextAreaElement ||
      (target instanceof HTMLInputElement && target.type !== 'checkbox')
    )
      return
    // What is folded away is not walked.
    const boxes = [...node.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')].filter((box) =>
      box.checkVisibility(),
    )
    if (boxes.length === 0) return
    event.preventDefault()
    boxes[(boxes.findIndex((box) => box === target) + step + boxes.length) % boxes.length].focus()
  }
  node.addEventListener('keydown', keydown)
  return () => node.removeEventListener('keydown', keydown)
}

/**
 * Attachment factory for rows of buttons (`.row`): up and down go to the same button of the next row, left and right along the row, Esc leaves.
 */
export const walkRows = (leave: () => void) => (node: HTMLElement) => {
  function keydown(event: KeyboardEvent) {
    const { key, target } = event
    if (event.altKey || event.ctrlKey || event.metaKey || !(target instanceof HTMLElement)) return
    const rows = [...node.querySelectorAll('.row')].map((row) => [
      ...row.querySelectorAll<HTMLElement>('button:enabled'),
    ])
    const y = rows.findIndex((row) => row.includes(target))
    const x = rows[y]?.indexOf(target) ?? -1
    const [dx, dy] = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[key] ?? [0, 0]
    if (key === 'Escape') leave()
    else if (y >= 0 && (dx !== 0 || dy !== 0)) rows[y + dy]?.[x + dx]?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  node.addEventListener('keydown', keydown)
  return () => node.removeEventListener('keydown', keydown)
}

/** Attachment: up, down, Home and End go through the rows (`[data-row]`) of a list, and stop at its ends. With another key held they are not its own. */
export function walkList(node: HTMLElement): () => void {
  function keydown(event: KeyboardEvent) {
    const rows = [...node.querySelectorAll<HTMLElement>('[data-row]')]
    const at = rows.findIndex((row) => row === document.activeElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus()
  }
  node.addEventListener('keydown', keydown)
  return () => node.removeEventListener('keydown', keydown)
}
