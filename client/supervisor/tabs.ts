import type { Component } from 'svelte'
import type { Live } from '../state/live.svelte.ts'
import type { Room } from '../state/room.svelte.ts'
import type { Session } from '../state/session.svelte.ts'
import BlocksDesk from './blocks/BlocksDesk.svelte'
import HandoverDesk from './handover/HandoverDesk.svelte'
import NowDesk from './now/NowDesk.svelte'
import PlanDesk from './plan/PlanDesk.svelte'
import ReviewDesk from './review/ReviewDesk.svelte'
import StaffDesk from './staff/StaffDesk.svelte'
import type { SupervisorKey } from './text/id.ts'

/** What every tab gets; it asks the session what its user may do. */
export interface TabProps {
  live: Live
  session: Session
  room: Room
}

export interface Tab {
  /** The address's fragment: /supervisor#plan. */
  id: string
  name: SupervisorKey
  /** Without this permission the tab is not there. */
  needs: string
  content: Component<TabProps>
}

/** The tabs of /supervisor in their order; a new one is a folder and a line here. */
export const TABS: readonly Tab[] = [
  { id: 'now', name: 'tab_now', needs: 'handler.give', content: NowDesk },
  { id: 'blocks', name: 'tab_blocks', needs: 'block.read', content: BlocksDesk },
  { id: 'handover', name: 'tab_handover', needs: 'handover.read', content: HandoverDesk },
  { id: 'plan', name: 'tab_plan', needs: 'shift.read', content: PlanDesk },
  { id: 'staff', name: 'tab_staff', needs: 'shift.read', content: StaffDesk },
  { id: 'review', name: 'tab_review', needs: 'review.read', content: ReviewDesk },
]

/** The tab that a fragment names among those somebody may see; else the first; null when there is none. */
export function tabOf(fragment: string, shown: readonly Tab[]): Tab | null {
  return shown.find((tab) => `#${tab.id}` === fragment) ?? shown[0] ?? null
}
