import { ConfigurationError } from './configurationError'
import { type OidcConfig, readOidc } from './oidcConfig'
import { type Environment, VariableReader } from './readVariables'
import { readShared, type SharedConfig } from './sharedConfig'

/** Everything that the API takes from its environment. */
export interface ApiConfig extends SharedConfig {
  host: string
  port: number
  /** A key with the role `admin` that needs no database. */
  adminApiKey: string
  /** So long the API goes on serving after it was asked to stop and `/readyz` has turned red, milliseconds. */
  shutdownNoticeMs: number
  /** Null: operators sign in with passwords alone. */
  oidc: OidcConfig | null
  /** Whose `X-Forwarded-For` is believed: so many proxies, or those addresses. */
  trustProxy: number | string[]
  /** Where Temporal's UI shows the routes' namespace; null: no page links there. */
  temporalUi: string | null
  limits: {
    /** In ten minutes, of one client address and of one key; 0: no limit. */
    failedAuthentications: number
    /** In a minute, by one key; 0: no limit. */
    requests: number
  }
}

/** Reads the API's configuration; throws a `ConfigurationError` that lists every problem. */
export function readApiConfig(environment: Environment): ApiConfig {
  const reader = new VariableReader(environment)
  const shared = readShared(reader, environment)
  const temporalUiUrl = reader.optional('TEMPORAL_UI_URL')
  const config: ApiConfig = {
    ...shared,
    host: reader.optional('HOST') ?? '0.0.0.0',
    port: reader.optional('PORT') ?? 3000,
    adminApiKey: reader.required('ADMIN_API_KEY') ?? '',
    shutdownNoticeMs: (reader.optional('SHUTDOWN_NOTICE_SECONDS') ?? 0) * 1_000,
    oidc: readOidc(reader),
    trustProxy: reader.optional('TRUST_PROXY') ?? 0,
    temporalUi: temporalUiUrl === undefined ? null : `${temporalUiUrl}/namespaces/${shared.temporal.namespace}`,
    limits: {
      failedAuthentications: reader.optional('RATE_LIMIT_FAILED_AUTHENTICATIONS') ?? 0,
      requests: reader.optional('RATE_LIMIT_REQUESTS') ?? 0,
    },
  }
  if (reader.problems.length > 0) throw new ConfigurationError(reader.problems)
  return config
}

/** Where the database is, for a command that needs nothing else. */
export function readDatabaseUrl(environment: Environment): string {
  const reader = new VariableReader(environment)
  const url = reader.required('DATABASE_URL') ?? ''
  if (reader.problems.length > 0) throw new ConfigurationError(reader.problems)
  return url
}
