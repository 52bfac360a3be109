import type { Instant } from './words'

const delays = [5_000, 30_000, 120_000]
const everyAfterwards = 600_000

/**
 * When a notification that the provider asked to be tried later is tried again ("Delivery"): after the provider's
 * Retry-After (milliseconds) if it gave one, else after 5 s, 30 s, 2 min, then every 10 min. `attempt` counts from 1.
 */
export function retryMoment(attempt: number, now: Instant, retryAfterMs: number | null): Instant {
  return now + (retryAfterMs ?? delays[attempt - 1] ?? everyAfterwards)
}
