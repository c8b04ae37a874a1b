import type { ComplaintDetail, ComplaintStep } from '../../geo/wire/complaints.ts'

/** Which steps somebody may take now, the likeliest first: as sql/functions/complaint_step.sql decides. */
export function stepsOf(
  { status, escalated_at, open, reopen_until }: ComplaintDetail,
  may: (permission: string) => boolean,
  now: number = Date.now(),
): ComplaintStep[] {
  const owes = escalated_at === null ? may('complaint.handle') : may('complaint.settle')
  const steps: ComplaintStep[] = []
  if (status === 'received' && may('complaint.handle')) steps.push('take')
  if (open && owes) steps.push('answer')
  if (status === 'received' || status === 'being_handled') steps.push('escalate')
  if (status === 'answered' && (escalated_at !== null || may('complaint.handle'))) steps.push('close')
  if (!open && reopen_until !== null && now <= Date.parse(reopen_until)) steps.push('reopen')
  return [...steps, 'note']
}
