/** Chance that a seed fixes. What one name rolls does not depend on what others have rolled before. */
export class Dice {
  private state: number

  constructor(private readonly seed: string) {
    // FNV-1a: similar seeds give quite different states.
    this.state = [...seed].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16_777_619), 2_166_136_261)
  }

  /** Dice of its own for this name. */
  of(name: string): Dice {
    return new Dice(`${this.seed}/${name}`)
  }

  /** From 0 to 1, exclusive: mulberry32. */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number {
    return low + Math.floor(this.roll() * (high - low + 1))
  }

  happens(share: number): boolean {
    return this.roll() < share
  }

  /** One of the choices, each as likely as its weight says. */
  pick<Choice>(choices: readonly (readonly [weight: number, choice: Choice])[]): Choice {
    let left = this.roll() * choices.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, choice] of choices) {
      left -= weight
      if (left < 0) return choice
    }
    return (choices.at(-1) as readonly [number, Choice])[1]
  }
}
