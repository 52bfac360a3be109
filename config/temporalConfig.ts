import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig'
import type { Environment, VariableReader } from './readVariables'

/** Where Temporal is. The options fit a client's Connection and a worker's NativeConnection alike. */
export interface TemporalConfig {
  connectionOptions: ClientConnectConfig['connectionOptions']
  namespace: string
}

/**
 * Temporal's own variables, read by Temporal's own library, so that its cloud is configuration only: TEMPORAL_ADDRESS,
 * TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS…, or a profile in a file.
 */
export function readTemporal(reader: VariableReader, environment: Environment): TemporalConfig {
  const overrideEnvVars: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment))
    if (name.startsWith('TEMPORAL_') && value !== undefined && value.trim() !== '') overrideEnvVars[name] = value.trim()
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars })
    return {
      connectionOptions: { ...connectionOptions, address: connectionOptions.address ?? 'localhost:7233' },
      namespace: namespace ?? 'default',
    }
  } catch (error) {
    reader.problem('TEMPORAL_*', `cannot be used: ${error instanceof Error ? error.message : String(error)}`)
    return { connectionOptions: {}, namespace: 'default' }
  }
}
