import fc from 'fast-check'
import { fixture } from '../fixtures/fixture'

/** Bodies of every sort: no JSON at all, any JSON, and a fixture with something else at one of its places. */
export function anyBodyLike(names: readonly string[]): fc.Arbitrary<Buffer> {
  const bodies = names.map((name) => fixture(name))
  const broken = fc
    .tuple(fc.constantFrom(...bodies), fc.nat(), fc.oneof(fc.jsonValue(), fc.constantFrom('', '\0', '\ud800', 1e308)))
    .map(([body, place, value]) => JSON.stringify(replaced(body, place, value)))
  const text = fc.oneof(fc.json(), fc.string(), fc.constantFrom('', '[', '9'.repeat(5000), '['.repeat(100_000)), broken)
  return fc.oneof(
    { weight: 4, arbitrary: text.map((content) => Buffer.from(content)) },
    fc.uint8Array().map(Buffer.from),
  )
}

/** A copy in which one of all values, at any depth, is another. */
function replaced(body: object, place: number, value: unknown): unknown {
  let count = 0
  JSON.stringify(body, (_key, part) => {
    count++
    return part
  })
  let index = -1
  return JSON.parse(
    JSON.stringify(body, (_key, part) => {
      index++
      return index === place % count ? value : part
    }),
  )
}
