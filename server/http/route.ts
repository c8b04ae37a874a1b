import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Permission } from '../auth/permissions.ts'
import type { Principal } from '../auth/principal.ts'

type Output<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined

export interface RouteContext<P, Q, B> {
  params: P
  query: Q
  body: B
  principal: Principal
  now: Date
  req: Request
  res: Response
}

/** One call of the API: who may make it, what it takes, what it gives. OpenAPI is made from these. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Express path, `/api/incidents/:id`. */
  path: string
  summary: string
  /** `public` needs nobody signed in. */
  permission: Permission | 'public'
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  response?: z.ZodType
  status?: number
  /** What a query that is no good is answered with where a standard asks for another than our 422. */
  query_fault?: 400
  /** `undefined` when the handler wrote the response itself. */
  handle(context: RouteContext<unknown, unknown, unknown>): Promise<unknown>
}

interface Spec<P extends z.ZodType | undefined, Q extends z.ZodType | undefined, B extends z.ZodType | undefined> {
  method: Route['method']
  path: string
  summary: string
  permission: Route['permission']
  params?: P
  query?: Q
  body?: B
  response?: z.ZodType
  status?: number
  query_fault?: Route['query_fault']
}

/** Declares a route with typed parameters; the handler gets them already validated. */
export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(spec: Spec<P, Q, B>, handle: (context: RouteContext<Output<P>, Output<Q>, Output<B>>) => Promise<unknown>): Route {
  return { ...spec, handle: handle as Route['handle'] }
}
