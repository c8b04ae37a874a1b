import type { Drawing } from './pictograms.ts'

/** A post (pos): a house with its gate open, filled. One that a plan adds has no fill. */
export const POST_SIGN: Drawing = {
  fill: 'M12 1.8L22.4 9.6V22.2H1.6V9.6ZM7.6 22.2H16.4V13.4H7.6Z',
  lines: [{ d: 'M12 1.8L22.4 9.6V22.2H1.6V9.6Z', width: 1 }],
}
export const PLANNED_POST_SIGN: Drawing = {
  lines: [
    { d: 'M12 2.8L21.4 9.9V21.2H2.6V9.9Z', width: 2.2 },
    { d: 'M12 10.6V18.4M8.1 14.5H15.9', width: 2.4 },
  ],
}
