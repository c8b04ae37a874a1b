/** Where the heat's round stands: it goes on from there when the scene comes back. */
export const round = { at: 0 }
