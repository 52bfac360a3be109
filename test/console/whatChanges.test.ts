import { whatChanges } from '../../console/pages/trucks/whatChanges'

const samsara = { vendor: 'samsara', deviceId: '281' } as const
const traccar = { vendor: 'traccar', deviceId: 'D1' } as const
const said = (change: Partial<Parameters<typeof whatChanges>[0]>) =>
  whatChanges({ from: null, to: null, fallbackMinutes: null, heardVendors: ['samsara', 'traccar'], ...change }).join(
    ' ',
  )

test('a new name alone changes nothing for the driver', () => {
  expect(said({})).toBe('')
  expect(said({ from: samsara, to: { ...samsara }, heardVendors: [] })).toBe('')
})

test('a device that is linked takes the buttons away, for good or until it falls silent', () => {
  expect(said({ to: samsara })).toMatch(
    /^Samsara 281 alone says .* buttons are hidden.* refused.* stay hidden when the device/,
  )
  expect(said({ to: samsara, fallbackMinutes: 15 })).toMatch(/buttons are hidden.* come back .* silent for 15 minutes/)
})

test('a device that is unlinked gives them back', () => {
  expect(said({ from: samsara })).toMatch(
    /^The driver says .* buttons come back.* What Samsara 281 reports no longer counts/,
  )
})

test('another device leaves the buttons hidden and silences the one before', () => {
  const sentences = said({ from: samsara, to: traccar })
  expect(sentences).toMatch(/^Traccar D1 alone says .* What Samsara 281 reports no longer counts/)
  expect(sentences).not.toContain('buttons')
})

test('a vendor without an integration is not heard, which is said once it is known', () => {
  expect(said({ to: samsara, heardVendors: ['traccar'] })).toContain('Nothing will be heard of it yet')
  expect(said({ from: traccar, to: samsara, heardVendors: ['traccar'] })).toContain('Samsara has no webhook secret')
  expect(said({ to: samsara, heardVendors: undefined })).not.toContain('heard')
})
