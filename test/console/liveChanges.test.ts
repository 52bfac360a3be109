import { createEventReader, type ServerEvent } from '../../console/client/serverEvents'
import { isStale } from '../../console/client/staleKeys'

test('events are read however the stream is cut; comments and the retry time are none', () => {
  const seen: ServerEvent[] = []
  const read = createEventReader((event) => seen.push(event))
  const stream = 'retry: 2000\n\n:\n\nevent: route\ndata: {"routeId":"r1"}\n\nevent: refresh\ndata: {}\n\n'
  for (const character of stream) read(character)
  expect(seen).toEqual([
    { event: 'route', data: '{"routeId":"r1"}' },
    { event: 'refresh', data: '{}' },
  ])
})

test('a change makes out of date what may show it, of its company alone', () => {
  expect(isStale(['day', 'acme', 'today'], 'acme', 'notification')).toBe(true)
  expect(isStale(['day', 'other', 'today'], 'acme', 'notification')).toBe(false)
  expect(isStale(['settings', 'acme'], 'acme', 'notification')).toBe(false)
  expect(isStale(['settings', 'acme'], 'acme', 'settings')).toBe(true)
  expect(isStale(['session'], 'acme', 'refresh')).toBe(false)
})

test('a refresh, and a kind of change that is not known here, make all of the company out of date', () => {
  for (const event of ['refresh', 'something_new']) expect(isStale(['anything', 'acme'], 'acme', event)).toBe(true)
})
