import type { Request } from 'express'
import { z } from 'zod'
import { deviceInput, listedDevice, pairedDevice } from '../../geo/wire/field.ts'
import { uuid } from '../../geo/wire/primitives.ts'
import { route, type Route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { listDevices, pairDevice, unpairDevice } from '../verbs/devices.ts'

const ofUnit = z.object({ id: uuid })

/** Phones that report where a unit is: paired, listed, let go. */
export function deviceRoutes(services: Services): Route[] {
  const { public_url } = services.config
  const reachedAt = (req: Request) => public_url ?? `${req.protocol}://${req.get('host') ?? 'localhost'}`
  return [
    route(
      {
        method: 'get',
        path: '/api/units/:id/devices',
        summary: 'Ponsel pelacak sebuah unit',
        permission: 'device.pair',
        params: ofUnit,
        response: z.array(listedDevice),
      },
      ({ params, principal, now }) => listDevices(services, params.id, principal, now),
    ),
    route(
      {
        method: 'post',
        path: '/api/units/:id/devices',
        summary: 'Pasangkan ponsel pelacak; rahasianya hanya disebut sekali',
        permission: 'device.pair',
        params: ofUnit,
        body: deviceInput,
        response: pairedDevice,
        status: 201,
      },
      async ({ params, body, principal, now, req }) => ({
        ...(await pairDevice(services, params.id, body, principal, now)),
        server_url: reachedAt(req),
      }),
    ),
    route(
      {
        method: 'delete',
        path: '/api/units/:id/devices/:device',
        summary: 'Lepas ponsel pelacak',
        permission: 'device.pair',
        params: z.object({ id: uuid, device: uuid }),
        status: 204,
      },
      ({ params, principal, now }) => unpairDevice(services, params.id, params.device, principal, now),
    ),
  ]
}
