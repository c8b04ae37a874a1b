import type { AdminKey } from './id.ts'

/** The frame of the admin's page in English, the second locale. */
export const en: Record<AdminKey, string> = {
  title: 'Admin',
  tabs: 'Sections',
  tab_ledger: 'Dispatch ledger',
  tab_aliases: 'Other names',
  tab_needs: 'Units needed',
  tab_closures: 'Closures',
  tab_accounts: 'Accounts',
  tab_audit: 'Log',
  tab_privacy: 'Personal data',
  tab_outbox: 'Data centre',
  tab_screens: 'Screens',
  tab_health: 'Health',
  signed_out_how: 'This page is for admins and supervisors. Sign in in this browser; the page then opens by itself.',
  session_over: 'The session has ended. Sign in again in another tab (/masuk).',
}
