import { newsOf } from '../../console/pages/messages/newsOf'

const items = (...ids: string[]) => ids.map((id) => ({ id }))
const newsIn = (shown: string[], now: string[], isFull = false) => {
  const { current, added, gone } = newsOf([{ shown: items(...shown), now: items(...now), isFull }], new Set(shown))
  return { current: [...current.keys()], added, gone }
}

test('what is the same is no news, but current', () => {
  expect(newsIn(['a', 'b'], ['a', 'b'])).toEqual({ current: ['a', 'b'], added: 0, gone: 0 })
})

test('what came is counted', () => {
  expect(newsIn(['b'], ['a', 'b'])).toMatchObject({ current: ['b'], added: 1, gone: 0 })
})

test('what the filter finds no more is counted', () => {
  expect(newsIn(['a', 'b'], ['b'])).toMatchObject({ added: 0, gone: 1 })
})

test('what was pushed onto the next page has not gone', () => {
  expect(newsIn(['b', 'c'], ['a', 'b'], true)).toMatchObject({ added: 1, gone: 0 })
})

test('a row that another page has by now has not gone', () => {
  const pages = [
    { shown: items('a', 'b'), now: items('x', 'a'), isFull: true },
    { shown: items('c'), now: items('b', 'c'), isFull: false },
  ]
  expect(newsOf(pages, new Set(['a', 'b', 'c']))).toMatchObject({ added: 1, gone: 0 })
})
