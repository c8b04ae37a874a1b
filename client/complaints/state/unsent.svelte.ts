import { createContext } from 'svelte'

/** What a new complaint holds while it is typed. */
export interface Draft {
  id: string
  channel: string
  category: string
  words: string
  name: string
  contact: string
  incident_number: string
  received_at: string
}

const blankDraft = (): Draft => ({
  ...{ id: crypto.randomUUID(), channel: '', category: '', words: '', name: '', contact: '' },
  ...{ incident_number: '', received_at: '' },
})

/** What was typed and not sent yet, for as long as the page is open: neither another form nor another tab of the page loses it. */
export class Unsent {
  draft = $state<Draft>(blankDraft())
  /** Words of steps, by complaint and step. */
  readonly steps = new Map<string, string>()

  /** It is registered: the next one begins empty. */
  begin(): void {
    this.draft = blankDraft()
  }
}

/** What the page keeps, for its tabs. */
export const [unsentWords, setUnsentWords] = createContext<Unsent>()
