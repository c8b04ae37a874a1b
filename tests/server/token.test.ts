import { afterAll, beforeAll, expect, it } from 'vitest'
import { installationEnv, runCommand } from '../helpers/spawned.ts'

let installation: Awaited<ReturnType<typeof installationEnv>>
beforeAll(async () => void (installation = await installationEnv()))
afterAll(() => installation?.remove())

const token = (...args: string[]) => runCommand('token', args, installation.env)

it('makes a token, lists who is let in without any secret, and ends one', () => {
  const secret = token('responder', '--unit', 'Damkar 1').stdout.trim().split('\n').at(-1) ?? ''
  expect(secret).toMatch(/^siaga_/)
  const listed = token('--list').stdout
  expect(listed).toMatch(/responder {2}Damkar 1 {2}sejak /)
  expect(listed).not.toContain(secret)
  const id = listed.split('  ')[0]
  expect(token('--revoke', id).status).toBe(0)
  expect(token('--list').stdout).not.toContain(id)
  const again = token('--revoke', id)
  expect(again.status).not.toBe(0)
  expect(again.stderr).toMatch(/Tidak ada akses/)
  expect(token('--revoke', 'satu').stderr).toMatch(/--list/)
}, 120_000)
