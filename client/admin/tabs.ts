import type { Component } from 'svelte'
import type { Live } from '../state/live.svelte.ts'
import type { Session } from '../state/session.svelte.ts'
import AccountsDesk from './accounts/AccountsDesk.svelte'
import AliasDesk from './aliases/AliasDesk.svelte'
import LedgerPage from './ledger/LedgerPage.svelte'
import AuditDesk from './audit/AuditDesk.svelte'
import PrivacyDesk from './privacy/PrivacyDesk.svelte'
import NeedsDesk from './needs/NeedsDesk.svelte'
import ClosureDesk from './closures/ClosureDesk.svelte'
import OutboxDesk from './outbox/OutboxDesk.svelte'
import HealthPage from './health/HealthPage.svelte'
import ScreensDesk from './screens/ScreensDesk.svelte'
import type { AdminKey } from './text/id.ts'

/** What every tab gets; it asks the session what its user may do. */
export interface TabProps {
  live: Live
  session: Session
}

export interface Tab {
  /** The address's fragment: /admin#aliases. */
  id: string
  name: AdminKey
  /** Without this permission the tab is not there. */
  needs: string
  content: Component<TabProps>
}

/** The tabs of /admin in their order; a new one is a folder and a line here. */
export const TABS: readonly Tab[] = [
  { id: 'aliases', name: 'tab_aliases', needs: 'alias.read', content: AliasDesk },
  { id: 'needs', name: 'tab_needs', needs: 'needs.write', content: NeedsDesk },
  { id: 'ledger', name: 'tab_ledger', needs: 'ledger.read', content: LedgerPage },
  { id: 'closures', name: 'tab_closures', needs: 'closure.history', content: ClosureDesk },
  { id: 'accounts', name: 'tab_accounts', needs: 'account.read', content: AccountsDesk },
  { id: 'audit', name: 'tab_audit', needs: 'audit.read', content: AuditDesk },
  { id: 'privacy', name: 'tab_privacy', needs: 'privacy.read', content: PrivacyDesk },
  { id: 'outbox', name: 'tab_outbox', needs: 'outbox.read', content: OutboxDesk },
  { id: 'screens', name: 'tab_screens', needs: 'screen.read', content: ScreensDesk },
  { id: 'health', name: 'tab_health', needs: 'health.read', content: HealthPage },
]

/** The tab that a fragment names among those somebody may see; else the first; null when there is none. */
export function tabOf(fragment: string, shown: readonly Tab[]): Tab | null {
  return shown.find((tab) => `#${tab.id}` === fragment) ?? shown[0] ?? null
}
