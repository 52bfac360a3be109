import type { Instant } from './words'

/**
 * The "Dispatch notification" task of a company: at its interval it starts the routes that should be running and are not,
 * finds out what became of messages of unknown outcome, and erases what is kept for too long. Routes need no help from it as long as nothing breaks.
 */
export interface DispatchTask {
  description: string
  /** Whether it runs by itself; people can run it in any case. */
  active: boolean
  intervalMinutes: number
  /** Of its runs in Temporal: 1 is the most urgent. */
  priority: number
}

export const taskLimits = { intervalMinutes: { least: 1, most: 1_440 }, priority: { least: 1, most: 5 } } as const

export const dispatchTaskType = 'dispatchTask'

/** The id of a company's schedule in Temporal; those of its runs begin with it. Ids of companies hold no `/`. */
export function scheduleIdOf(companyId: string): string {
  return `${scheduleIdPrefix}${companyId}`
}

export const scheduleIdPrefix = 'task/'

/** What a run has done. */
export interface TaskDeeds {
  /** Routes that had lost their workflow and have one again. */
  routesStarted: number
  /** Texts of unknown outcome about which the provider was asked. */
  lookedUp: number
  /** Those of them of which it is known now what became of them. */
  settled: number
  /** Routes whose personal data was erased, because the company keeps it for no longer. */
  routesErased: number
}

/** One run that has ended. */
export interface TaskRun extends TaskDeeds {
  companyId: string
  /** Temporal's. */
  runId: string
  startedAt: Instant
  endedAt: Instant
  /** The step that failed and the kind of its error; null when all went well. */
  failure: string | null
}
