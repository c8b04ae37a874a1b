/** What is opened in a case, one at a time: declining the chosen row, choosing units (in place of an assignment, or beside), asking for help, the report. */
export type Open =
  null | { what: 'decline' } | { what: 'choose'; replaces: string | null } | { what: 'help' } | { what: 'report' }
