import type { Knex } from 'knex'
import type { Logger } from 'pino'
import type { ApiConfig } from '../config/apiConfig'
import type { Instant } from '../domain/words'
import type { ChangeFeed } from './changes/changeFeed'
import type { Forwarder } from './outbox/createForwarder'
import type { TemporalTarget } from './outbox/deliver'
import type { OidcClient } from './sessions/oidc/oidcClient'
import type { ScheduleKeeper } from './task/scheduleKeeper'

/** What the API is made of; `main.ts` and the tests put it together. */
export interface ApiParts {
  db: Knex
  forwarder: Pick<Forwarder, 'forward'>
  scheduleKeeper: Pick<ScheduleKeeper, 'keep'>
  changes: Pick<ChangeFeed, 'subscribe' | 'heartbeatMs'>
  /** Asked for health only: what happens goes through the forwarder and the schedule keeper. */
  temporal: TemporalTarget
  config: Pick<
    ApiConfig,
    'adminApiKey' | 'encryptionKeys' | 'publicUrl' | 'twilio' | 'smtp' | 'trustProxy' | 'temporalUi' | 'limits'
  >
  /** The time; a wall clock in production. */
  clock: () => Instant
  log: Logger
  /** Where operators may sign in besides; nowhere without it. */
  oidc?: OidcClient | null
  /** The built console; without one the API serves none. */
  consoleFolder?: string | null
  /** False from the moment at which the process is asked to stop. */
  accepting?: () => boolean
}
