import { expect, it } from 'vitest'
import { callRows } from '../../../client/console/case/call_rows.ts'
import { anIncident, at } from '../fixtures.ts'

const words = { caller_name: 'Sari', caller_number: '0285 1', address_text: 'depan pasar', description: 'api' }
const call = (id: string, seconds: number, over: object = {}) => ({
  ...{ id, rang_at: at(seconds), number_hidden: false, location: null, accuracy_m: null },
  ...{ caller_name: null, caller_number: null, address_text: null, description: null },
  ...{ device_location: null, device_accuracy_m: null, device_located_at: null },
  ...over,
})

it('the call an incident was made from speaks with the incident’s words, later ones with their own', () => {
  const rows = callRows(anIncident(), [call('a', 0), call('b', 60, { description: 'asap' })], words)
  expect(rows.map(({ id, first }) => [id, first])).toEqual([
    ['a', true],
    ['b', false],
  ])
  expect(rows.map(({ call: { description, address_text } }) => [description, address_text])).toEqual([
    ['api', 'depan pasar'],
    ['asap', null],
  ])
})

it('a first call that kept its own words keeps them, though the incident’s were corrected', () => {
  const [row] = callRows(anIncident(), [call('a', 0, { description: 'asap tipis' })], words)
  expect(row.call.description).toBe('asap tipis')
})

it('an incident recorded without a call lists its report all the same, before those attached to it', () => {
  const rows = callRows(anIncident(), [call('b', 60, { description: 'asap' })], words)
  expect(rows.map(({ id, first, call: { description } }) => [id, first, description])).toEqual([
    [null, true, 'api'],
    ['b', false, 'asap'],
  ])
})
