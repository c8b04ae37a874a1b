import { z } from 'zod'
import { caseMessage } from '../../geo/wire/case_message.ts'
import { problem } from '../../geo/wire/problem.ts'
import { PERMISSIONS } from '../auth/permissions.ts'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _drop, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: value,
  }))
}

/** OpenAPI 3.1 of the declared routes, made from the same zod schemas that validate them. */
export function openApi(routes: Route[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    const status = String(route.status ?? 200)
    paths[path] ??= {}
    paths[path][route.method] = {
      summary: route.summary,
      ...(route.permission === 'public'
        ? { security: [] }
        : { description: `Peran: ${PERMISSIONS[route.permission].join(', ')}` }),
      parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
      ...(route.body
        ? {
            requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } },
          }
        : {}),
      responses: {
        [status]: {
          description: 'Berhasil',
          ...(route.response
            ? { content: { 'application/json': { schema: schemaOf(route.response, 'output') } } }
            : {}),
        },
        default: {
          description: 'Problem Details (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Siaga 112', version, description: 'Ruang situasi pusat panggilan darurat 112 Kota Pekalongan' },
    security: [{ bearer: [] }, { session: [] }],
    paths,
    webhooks: {
      kasus: {
        post: {
          summary: 'Data satu kasus ke pusat data (KOMINFO_URL)',
          description:
            'Ditandatangani menurut Standard Webhooks. webhook-id tetap pada setiap percobaan: kunci idempotensi penerima. Berkas KOMINFO_MAPPING menggantikan bidang-bidang ini.',
          parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
            name,
            in: 'header',
            required: true,
            schema: { type: 'string' },
          })),
          requestBody: { required: true, content: { 'application/json': { schema: schemaOf(caseMessage, 'output') } } },
          responses: { '2XX': { description: 'Diterima' } },
        },
      },
    },
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'siaga_session' },
      },
    },
  }
}
