import { z } from 'zod'
import { account, accountInput, accountPatch, issuedLink } from '../../geo/wire/accounts.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { endSessions, issuePasswordLink, listAccounts, putAccount } from '../verbs/accounts.ts'

const byId = z.object({ id: uuid })

/** Accounts of people: made, bound, disabled, let in anew. */
export const accountRoutes = (services: Services): Route[] => [
  route(
    {
      method: 'get',
      path: '/api/accounts',
      summary: 'Akun dan kapan terakhir dipakai',
      permission: 'account.read',
      response: z.array(account),
    },
    ({ now }) => listAccounts(services, now),
  ),
  route(
    {
      method: 'post',
      path: '/api/accounts',
      summary: 'Buat akun',
      permission: 'account.write',
      body: accountInput,
      response: account,
      status: 201,
    },
    ({ body, principal, now }) => putAccount(services, null, body, principal.actor, now),
  ),
  route(
    {
      method: 'patch',
      path: '/api/accounts/:id',
      summary: 'Ubah peran, ikatan, atau keaktifan akun',
      permission: 'account.write',
      params: byId,
      body: accountPatch,
      response: account,
    },
    ({ params, body, principal, now }) => putAccount(services, params.id, body, principal.actor, now),
  ),
  route(
    {
      method: 'post',
      path: '/api/accounts/:id/link',
      summary: 'Tautan sekali pakai untuk menetapkan kata sandi',
      permission: 'account.write',
      params: byId,
      response: issuedLink,
      status: 201,
    },
    ({ params, principal, now }) => issuePasswordLink(services, params.id, principal.actor, now),
  ),
  route(
    {
      method: 'delete',
      path: '/api/accounts/:id/sessions',
      summary: 'Akhiri semua sesi akun',
      permission: 'account.write',
      params: byId,
      status: 204,
    },
    ({ params, principal, now }) => endSessions(services, params.id, principal.actor, now),
  ),
]
