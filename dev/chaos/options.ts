import { parseArgs } from 'node:util'

/** What a run is to be. The seed fixes what is done and injected, and when. */
export interface ChaosOptions {
  seed: number
  /** At least so many messages are called for. */
  notifications: number
  /** Also waits for the last look-up of texts whose call died with a worker, ten minutes after it. */
  patient: boolean
  /** Whether processes, servers and providers are disturbed at all. */
  disturbed: boolean
  /** Errors that are planted in the product's own tables, to see that the judge finds them. */
  plant: Plant[]
}

export const plants = ['double', 'loss'] as const
export type Plant = (typeof plants)[number]

export const defaults: ChaosOptions = { seed: 1, notifications: 1_000, patient: false, disturbed: true, plant: [] }

/** @throws Error that names the option and what was allowed */
export function readOptions(args: string[]): ChaosOptions {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      notifications: { type: 'string' },
      patient: { type: 'boolean' },
      calm: { type: 'boolean' },
      plant: { type: 'string', multiple: true },
    },
  })
  return {
    seed: wholeNumber('--seed', values.seed, 0, 1_000_000_000) ?? defaults.seed,
    notifications: wholeNumber('--notifications', values.notifications, 30, 20_000) ?? defaults.notifications,
    patient: values.patient ?? defaults.patient,
    disturbed: !values.calm,
    plant: (values.plant ?? []).map(plantOf),
  }
}

function wholeNumber(name: string, text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= low && number <= high) return number
  throw new Error(`${name} is "${text}"; it must be a whole number from ${low} to ${high}.`)
}

function plantOf(text: string): Plant {
  const plant = plants.find((known) => known === text)
  if (plant === undefined) throw new Error(`--plant is "${text}"; it must be one of ${plants.join(', ')}.`)
  return plant
}
