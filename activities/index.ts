import { ApplicationFailure } from '@temporalio/activity'
import type { Knex } from 'knex'
import type { Integration } from '../db/integrations'
import { recordTaskRun } from '../db/taskRuns'
import type { TaskRun } from '../domain/dispatchTask'
import type { HandOffReceiver } from '../domain/handOffReceiver'
import type { MessageFinder, MessageSender } from '../domain/provider'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import type { Agenda } from './agenda'
import { eraseExpired } from './eraseExpired'
import { handOff } from './handingOff'
import { type LookUpOutcome, lookUpBatch } from './lookingUp'
import { lookUpUnknown } from './lookUpUnknown'
import { planAt } from './planning'
import { type Sent, sendDue } from './sending'
import { startMissingRoutes } from './startMissingRoutes'
import { testProvider } from './testProvider'

/** What the activities work with; the worker composes it. */
export interface ActivityParts {
  db: Knex
  /** Null for a channel without configuration. */
  sms: (MessageSender & MessageFinder) | null
  email: MessageSender | null
  /** Where a customer ends a company's emails. */
  unsubscribeLink(companyId: string, address: string): string
  /** The vendor of a company's integration, as it is told of routes. */
  receiverOf(companyId: string, integration: Integration): HandOffReceiver | null
}

/** What the workflows may do to the world. Inputs and results carry ids, kinds, times and counts alone. */
export interface Activities {
  /** Reads the facts, decides and writes the decisions. `now` is the engine's clock. Null for a route that is no more. */
  planNotifications(ref: RouteRef, now: Instant): Promise<Agenda | null>
  /** Plans likewise, and sends whatever is due, until nothing is. */
  sendNotifications(ref: RouteRef): Promise<Sent>
  /** Asks the provider what became of these texts. */
  lookUpNotifications(ids: string[]): Promise<Record<string, LookUpOutcome>>
  /** Tells vendors what they are to know of the route by now. */
  handOffRoute(ref: RouteRef): Promise<number>
  /** Starts the company's routes that should be running and are not. */
  startMissingRoutes(companyId: string): Promise<{ routesStarted: number }>
  /** Asks the provider what became of all of the company's texts of unknown outcome. */
  lookUpUnknown(companyId: string): Promise<{ lookedUp: number; settled: number }>
  /** Erases the personal data that the company keeps for no longer. */
  eraseExpired(companyId: string): Promise<{ routesErased: number }>
  /** Writes down what a run of the company's task has done. */
  recordTaskRun(run: TaskRun): Promise<void>
  /** Makes the one call of a test of a provider, and writes down how it ended. */
  testProvider(testId: string): Promise<void>
}

/** The activities over their parts. */
export function createActivities({ db, sms, email, unsubscribeLink, receiverOf }: ActivityParts): Activities {
  const configured = { sms: sms !== null, email: email !== null }
  const senders = { sms, email }
  return {
    planNotifications: (ref, now) => plainly(planAt({ db, configured }, ref, now)),
    sendNotifications: (ref) => plainly(sendDue({ db, configured, senders, unsubscribeLink }, ref)),
    lookUpNotifications: (ids) => plainly(lookUpBatch({ db, finder: sms }, ids)),
    handOffRoute: (ref) => plainly(handOff({ db, receiverOf }, ref)),
    startMissingRoutes: (companyId) => plainly(startMissingRoutes(db, companyId)),
    lookUpUnknown: (companyId) => plainly(lookUpUnknown({ db, finder: sms }, companyId)),
    eraseExpired: (companyId) => plainly(eraseExpired(db, companyId)),
    recordTaskRun: (run) => plainly(recordTaskRun(db, run)),
    testProvider: (testId) => plainly(testProvider({ db, senders, receiverOf }, testId)),
  }
}

/** A frame of a stack, which holds a place in the code and no data, unlike a line of the message before it. */
const frame = /^ +at .*:\d+:\d+\)?$/m

/** An error as Temporal may keep it: its kind and place. A database's own words may quote names and addresses. */
async function plainly<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    const { name = 'Error', code, stack } = (error ?? {}) as { name?: string; code?: unknown; stack?: string }
    const place = stack?.match(frame)?.[0].trim() ?? ''
    const type = String(code ?? name)
    throw ApplicationFailure.create({ message: `${name} ${code ?? ''} ${place}`.replace(/ +/g, ' ').trim(), type })
  }
}
