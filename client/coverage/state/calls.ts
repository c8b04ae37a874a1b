import { z } from 'zod'
import { coverage } from '../../../geo/wire/coverage.ts'
import { bestPosts, whatIf } from '../../../geo/wire/coverage_what_if.ts'
import { coverageScenario } from '../../../geo/wire/coverage_scenarios.ts'
import type { Coverage } from '../../../geo/wire/coverage.ts'
import type { BestPosts, CoverageChange, WhatIf } from '../../../geo/wire/coverage_what_if.ts'
import type { CoverageScenario } from '../../../geo/wire/coverage_scenarios.ts'
import { ask, type Answer } from '../../state/api.ts'
import type { Choice } from './choice.ts'

/** The server's routes of this page, each as one call. */
export const askCoverage = (
  { agency_kind, minutes, from }: Choice,
  signal?: AbortSignal,
): Promise<Answer<Coverage>> => {
  const query = new URLSearchParams({ agency_kind, minutes: minutes.join(','), from })
  return ask('GET', `/api/coverage?${query}`, coverage, { signal })
}

export const askWhatIf = (
  choice: Choice,
  changes: readonly CoverageChange[],
  signal?: AbortSignal,
): Promise<Answer<WhatIf>> => ask('POST', '/api/coverage/what-if', whatIf, { body: { ...choice, changes }, signal })

export interface BestAsked {
  minutes: number
  add: 1 | 2
  objective: 'mclp' | 'p_median'
  weight: 'demand' | 'people'
}
export const askBestPosts = (
  { agency_kind, from }: Choice,
  asked: BestAsked,
  changes: readonly CoverageChange[],
): Promise<Answer<BestPosts>> =>
  ask('POST', '/api/coverage/best-posts', bestPosts, { body: { agency_kind, from, ...asked, changes } })

const SCENARIOS = '/api/coverage/scenarios'
export const listScenarios = (): Promise<Answer<CoverageScenario[]>> => ask('GET', SCENARIOS, z.array(coverageScenario))

export const saveScenario = (
  body: Choice & { name: string; note: string; changes: readonly CoverageChange[] },
): Promise<Answer<CoverageScenario>> => ask('POST', SCENARIOS, coverageScenario, { body, key: crypto.randomUUID() })

export const dropScenario = ({ id, revision }: CoverageScenario): Promise<Answer<unknown>> =>
  ask('DELETE', `${SCENARIOS}/${id}?revision=${revision}`, z.unknown())
