import type { ConfiguredChannels } from '../../domain/decideNotification'
import type { ApiParts } from '../apiParts'

/** The channels that have a provider, as far as this process knows: the worker reads the same variables. */
export function configuredChannels({ twilio, smtp }: ApiParts['config']): ConfiguredChannels {
  return { sms: twilio !== null, email: smtp !== null }
}
