import { ApiError } from '../../console/client/apiError'
import { fieldErrors } from '../../console/parts/fieldErrors'

const refused = (problems: { path: string; message: string }[]) =>
  new ApiError({ status: 422, code: 'invalid_request', title: 'Invalid request', detail: 'See problems.', problems })

test('problems go to their fields, several of one field together', () => {
  const error = refused([
    { path: 'events.arrived.sms', message: 'is too long' },
    { path: 'events.arrived.sms', message: 'has an unknown field' },
    { path: 'timeZone', message: 'must be an IANA time zone' },
  ])
  expect(fieldErrors(error)).toEqual({
    'events.arrived.sms': 'is too long; has an unknown field',
    timeZone: 'must be an IANA time zone',
  })
})

test('an error of another kind belongs to no field', () => {
  expect(fieldErrors(new Error('broken'))).toEqual({})
})

test('an answer that is no problem is still told', () => {
  const error = ApiError.of('<html>', new Response(null, { status: 502, statusText: 'Bad Gateway' }))
  expect(error.message).toBe('It answered 502 Bad Gateway.')
  expect(error.isPassing).toBe(true)
})
