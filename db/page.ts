/** One page of a list; `next` is the `after` of the following page, null on the last. */
export interface Page<Item> {
  items: Item[]
  next: string | null
}

export interface PageRequest {
  limit: number
  /** The `next` of the page before. A cursor that this list did not make throws InvalidCursorError. */
  after?: string | undefined
}

/** The caller sent a cursor that the list never gave out: a fault of the request, not of the server. */
export class InvalidCursorError extends Error {
  override name = 'InvalidCursorError'
  constructor() {
    super('The cursor is not one that this list gave out: pass nextCursor of the page before, or leave it out.')
  }
}

type Parts = readonly (string | number)[]

/** Cuts a page out of `limit + 1` rows: the one too many says that there is a next page. */
export function pageOf<Item>(found: Item[], limit: number, keyOf: (item: Item) => Parts): Page<Item> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const more = found.length > limit && last !== undefined
  return { items, next: more ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null }
}

/** What one part of a list's key must look like; the value comes from outside. */
export const cursorParts = {
  text: (value: unknown): value is string => typeof value === 'string' && value.length <= 200 && !value.includes('\0'),
  uuid: (value: unknown): value is string => typeof value === 'string' && isUuid(value),
  date: (value: unknown): value is string =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
  integer: (value: unknown): value is number => Number.isSafeInteger(value),
  instant: (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 8.64e15,
}

/** The key that a cursor stands for, or null without one. */
export function readCursor<Key extends readonly unknown[]>(
  after: string | undefined,
  ...parts: { [Index in keyof Key]: (value: unknown) => value is Key[Index] }
): Key | null {
  if (after === undefined) return null
  const key = decode(after)
  const fits = Array.isArray(key) && key.length === parts.length && parts.every((isPart, index) => isPart(key[index]))
  if (!fits) throw new InvalidCursorError()
  return key as unknown as Key
}

function decode(after: string): unknown {
  try {
    return JSON.parse(Buffer.from(after, 'base64url').toString())
  } catch {
    throw new InvalidCursorError()
  }
}

/** Whether a text may be compared with a uuid column, which refuses anything else with an error. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
