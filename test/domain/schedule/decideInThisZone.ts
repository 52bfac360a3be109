import fc from 'fast-check'
import { confirmationMoment } from '../../../domain/schedule/confirmationSchedule'
import { publicHolidays } from '../../../domain/schedule/publicHolidays'
import { anyConfirmation } from './anyConfirmation'

/**
 * A program of processZone.test.ts: prints what this process, in its own zone, decides about a fixed sample. `midnight`
 * is what a computation that leans on the process's zone prints: if that did not differ the comparison would prove nothing.
 */
process.stdout.write(
  JSON.stringify({
    midnight: new Date(2026, 1, 3).toISOString(),
    decisions: fc.sample(anyConfirmation, { seed: 20260203, numRuns: 500 }).map(confirmationMoment),
    holidays: ['US', 'SA', 'IL', 'GB', 'JP'].map((country) => [...publicHolidays({ country }, 2026)]),
  }),
)
