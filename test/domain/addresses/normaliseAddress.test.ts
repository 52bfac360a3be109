import { normaliseAddress } from '../../../domain/addresses/normaliseAddress'

describe('the address of a delivery notification', () => {
  test('is read as its method says', () => {
    expect(normaliseAddress('sms', '512 555 0100', 'US')).toEqual({ address: '+15125550100' })
    expect(normaliseAddress('email', 'joe@EXAMPLE.com', 'US')).toEqual({ address: 'joe@example.com' })
    expect(normaliseAddress('sms', 'joe@example.com', 'US')).toHaveProperty('problem')
    expect(normaliseAddress('email', '512 555 0100', 'US')).toHaveProperty('problem')
  })
})
