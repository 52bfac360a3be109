/** The value below which a share of the others lie; `share` 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Runs `count` calls, `atOnce` at a time; gives how many a second were answered. */
export async function ratePerSecond(
  count: number,
  atOnce: number,
  call: (index: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now()
  let next = 0
  const lane = async () => {
    while (next < count) await call(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return (count * 1000) / (performance.now() - began)
}
