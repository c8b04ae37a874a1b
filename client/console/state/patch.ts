import type { z } from 'zod'
import type { incidentPatch } from '../../../geo/wire/requests.ts'

export type IncidentPatch = z.infer<typeof incidentPatch>
