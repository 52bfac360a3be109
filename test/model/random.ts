/** A small seeded source of random numbers (mulberry32): the same seed gives the same scenario on every machine. */
export class Random {
  constructor(private seed: number) {}

  /** From 0 up to, not including, 1. */
  next(): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** Whole, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  of<One>(all: readonly [One, ...One[]]): One {
    return all[this.between(0, all.length - 1)] ?? all[0]
  }

  /** Null for an empty list. */
  from<One>(all: readonly One[]): One | null {
    return all[this.between(0, all.length - 1)] ?? null
  }

  some<One>(all: readonly One[], probability: number): One[] {
    return all.filter(() => this.chance(probability))
  }
}
