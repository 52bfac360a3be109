/** What a stand-in received, in order of arrival, with a way to wait for it without polling. */
export class Recorder<T> {
  private items: T[] = []
  private readonly watchers = new Set<() => void>()

  /** `describe` names one item in the message of a wait that was in vain. */
  constructor(
    private readonly what: string,
    private readonly describe: (item: T) => string,
  ) {}

  /** The items, oldest first. */
  get all(): readonly T[] {
    return this.items
  }

  add(item: T): void {
    this.items.push(item)
    this.changed()
  }

  /** To be called when an item that was added has changed, so that those who wait look again. */
  changed(): void {
    for (const watch of [...this.watchers]) watch()
  }

  clear(): void {
    this.items = []
  }

  /**
   * Resolves with the first item that satisfies `matches`: at once if it is there, else when it arrives or changes.
   *
   * @throws Error that lists what did arrive, after `timeoutMs`
   */
  waitFor(matches: (item: T) => boolean, timeoutMs = 10_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer)
        this.watchers.delete(look)
      }
      const look = () => {
        try {
          const found = this.items.find(matches)
          if (found === undefined) return
          settle()
          resolve(found)
        } catch (error) {
          settle()
          reject(error)
        }
      }
      const timer = setTimeout(() => {
        settle()
        const seen = this.items.map((item) => `\n  ${this.describe(item)}`).join('')
        reject(
          new Error(`No ${this.what} that was waited for came within ${timeoutMs} ms. Received: ${seen || 'none'}`),
        )
      }, timeoutMs)
      this.watchers.add(look)
      look()
    })
  }
}
