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
    const boxes = [...node.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')]
    if (boxes.length === 0) return
    event.preventDefault()
    boxes[(boxes.findIndex((box) => box === target) + step + boxes.length) % boxes.length].focus()
  }
  node.addEventListener('keydown', keydown)
  return () => node.removeEventListener('keydown', keydown)
}
