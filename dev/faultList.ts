export interface Limited {
  /** For how many requests it holds. Left out: always for a fault with `to`, once for one without. */
  times?: number | undefined
  to?: string | undefined
}

/** The faults that a stand-in was told to show, oldest first. */
export class FaultList<F extends Limited> {
  private faults: { fault: F; left: number }[] = []

  add(fault: F): void {
    this.faults.push({ fault, left: fault.times ?? (fault.to === undefined ? 1 : Number.POSITIVE_INFINITY) })
  }

  clear(): void {
    this.faults = []
  }

  get all(): readonly F[] {
    return this.faults.map(({ fault }) => fault)
  }

  /** The first fault that satisfies `matches`, used up by one. */
  take(matches: (fault: F) => boolean): F | undefined {
    const found = this.faults.find(({ fault }) => matches(fault))
    if (!found) return undefined
    found.left -= 1
    if (found.left <= 0) this.faults = this.faults.filter((other) => other !== found)
    return found.fault
  }
}
