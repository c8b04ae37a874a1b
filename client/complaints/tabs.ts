import type { Component } from 'svelte'
import type { Session } from '../state/session.svelte.ts'
import CasesDesk from './CasesDesk.svelte'
import FiguresPage from './FiguresPage.svelte'
import RulesPage from './RulesPage.svelte'
import SkmPage from './SkmPage.svelte'
import type { ComplaintsKey } from './text/id.ts'

export interface TabProps {
  session: Session
}
export interface Tab {
  /** The address's fragment: /complaints#skm. */
  id: string
  name: ComplaintsKey
  /** With one of these permissions the tab is there. */
  needs: readonly string[]
  content: Component<TabProps>
}

/** The tabs of /complaints in their order. */
export const TABS: readonly Tab[] = [
  { id: 'cases', name: 'tab_cases', needs: ['complaint.create'], content: CasesDesk },
  { id: 'skm', name: 'tab_skm', needs: ['complaint.figures', 'survey.invite'], content: SkmPage },
  { id: 'figures', name: 'tab_figures', needs: ['complaint.figures'], content: FiguresPage },
  { id: 'rules', name: 'tab_rules', needs: ['complaint.rules'], content: RulesPage },
]

/** The tab that a fragment names among those somebody may see; else the first; null when there is none. */
export const tabOf = (fragment: string, shown: readonly Tab[]): Tab | null =>
  shown.find((tab) => `#${tab.id}` === fragment) ?? shown[0] ?? null
