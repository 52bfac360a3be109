/** What the API has now of a page of the list, and how that differs from what is shown of it. */
export interface News<Item> {
  /** Shown ones as they are now. */
  current: Map<string, Item>
  added: number
  /** Shown ones that the filter finds no more. */
  gone: number
}

interface PageNow<Item> {
  shown: readonly Item[]
  now: readonly Item[]
  /** Whether more follow: then what is missing at the end may just have been pushed onto the next page. */
  isFull: boolean
}

/** Compares pages of a list with what is shown, so that rows can change where they are and none jumps. */
export function newsOf<Item extends { id: string }>(pages: readonly PageNow<Item>[], shownIds: ReadonlySet<string>) {
  const news: News<Item> = { current: new Map(), added: 0, gone: 0 }
  const nowIds = new Set(pages.flatMap(({ now }) => now.map(({ id }) => id)))
  for (const { shown, now, isFull } of pages) {
    for (const item of now) if (shownIds.has(item.id)) news.current.set(item.id, item)
    const added = now.filter(({ id }) => !shownIds.has(id)).length
    const missing = shown.filter(({ id }) => !nowIds.has(id)).length
    news.added += added
    news.gone += isFull ? Math.max(0, missing - added) : missing
  }
  return news
}
