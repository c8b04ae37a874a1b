/** What the next press on the map does. */
export type Tool = 'add' | 'move' | 'road'
