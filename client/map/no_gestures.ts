/**
 * Stands in for mjolnir.js where deck.gl would listen for hands (vite.config.ts): here MapLibre takes every gesture and nothing that
 * deck.gl draws is picked, so its 9 kB of gesture recognition are left out of the first picture.
 */
export class EventManager {
  on(): void {}
  once(): void {}
  watch(): void {}
  off(): void {}
  setElement(): void {}
  destroy(): void {}
}

class Recognizer {}
export { Recognizer as DoubleClickDrag, Recognizer as Pan, Recognizer as Pinch, Recognizer as Tap }
