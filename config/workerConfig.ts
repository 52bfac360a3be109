import { ConfigurationError } from './configurationError'
import { type Environment, VariableReader } from './readVariables'
import { readShared, type SharedConfig } from './sharedConfig'

/** Everything that the worker takes from its environment. */
export interface WorkerConfig extends SharedConfig {
  /** Null: no metrics are served. */
  metricsPort: number | null
}

/** Reads the worker's configuration; throws a `ConfigurationError` that lists every problem. */
export function readWorkerConfig(environment: Environment): WorkerConfig {
  const reader = new VariableReader(environment)
  const config: WorkerConfig = {
    ...readShared(reader, environment),
    metricsPort: reader.optional('WORKER_METRICS_PORT') ?? null,
  }
  if (reader.problems.length > 0) throw new ConfigurationError(reader.problems)
  return config
}
