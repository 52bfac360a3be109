import { maskAddress } from '../../../domain/addresses/maskAddress'

describe('a masked address', () => {
  test.each([
    ['+15125551234', '+1******1234'],
    ['+4512345678', '+4*****5678'],
    ['joe@example.com', 'j***@example.com'],
    ['j@example.com', 'j***@example.com'],
    ['5551234', '***'],
    ['@', '***'],
    ['', '***'],
  ])('%j is %j', (address, masked) => {
    expect(maskAddress(address)).toBe(masked)
  })
})
