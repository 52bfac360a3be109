import { ApiError } from '../../console/client/apiError'
import { bodyOf, contractErrors, fieldsNamedTwice, formOf, pathsShown } from '../../console/pages/contract/contractForm'
import type { Contract } from '../../console/pages/contract/useContract'

const contract: Contract = {
  number: 'C1',
  customer: { name: 'Ann' },
  fields: { gate: '12', po: '7' },
  deliveryNotifications: [
    { method: 'sms', address: '+15125550100', events: ['confirmed'], onlyIfTextFails: false },
    { method: 'email', address: 'ann@example.com', events: [], onlyIfTextFails: true },
  ],
  optedOut: [0],
  updatedAt: '2026-12-02T12:00:00.000Z',
}
const form = formOf(contract)

test('a contract that nobody has changed is sent as it is', () => {
  const { customer, fields, deliveryNotifications } = contract
  expect(bodyOf(form)).toEqual({ customer, fields, deliveryNotifications })
})

test('a text that was an email is not for when the text fails', () => {
  const [, email] = form.deliveryNotifications
  if (email === undefined) throw new Error('The contract has two.')
  const { deliveryNotifications } = bodyOf({ ...form, deliveryNotifications: [{ ...email, method: 'sms' }] })
  expect(deliveryNotifications).toEqual([{ ...email, method: 'sms', onlyIfTextFails: false }])
})

test('a field that is named twice is refused before one of the two is lost', () => {
  expect(fieldsNamedTwice(form)).toEqual({})
  const twice = { ...form, fields: [...form.fields, { name: 'gate ', value: '13' }] }
  expect(Object.keys(fieldsNamedTwice(twice))).toEqual(['fields.2.name'])
})

test('each problem of the API stands at the input that it is about, and none is said twice or lost', () => {
  const given = { ...form, fields: [...form.fields, { name: 'no name', value: '' }] }
  const problems = [
    { path: 'customer.name', message: 'must not be empty' },
    { path: 'fields.po', message: 'is too long' },
    { path: 'fields.no name', message: 'must have a name of 1 to 64 letters' },
    { path: 'deliveryNotifications.1.address', message: 'is not an address' },
    { path: 'deliveryNotifications.0.events.0', message: 'must be one of' },
    { path: 'deliveryNotifications', message: 'has too many' },
  ]
  const refused = new ApiError({ status: 422, code: 'invalid_request', title: 'T', detail: 'D', problems })
  expect(contractErrors(refused, given)).toMatchObject({
    'customer.name': 'must not be empty',
    'fields.1.value': 'is too long',
    'fields.2.name': 'must have a name of 1 to 64 letters',
    'deliveryNotifications.1.address': 'is not an address',
    'deliveryNotifications.0.events': 'must be one of',
  })
  const elsewhere = problems.filter(({ path }) => !pathsShown(given).includes(path)).map(({ path }) => path)
  expect(elsewhere).toEqual(['deliveryNotifications'])
})
