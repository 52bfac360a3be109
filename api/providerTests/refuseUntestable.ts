import type { Integration } from '../../db/integrations'
import { ApiProblem } from '../../domain/errors'
import type { DeviceVendor } from '../../domain/words'

/** The vendor, if it can be called by what is stored of it; throws what is missing otherwise. */
export function refuseUntestable(
  companyId: string,
  vendor: DeviceVendor,
  integration: Integration | null,
): 'samsara' | 'generic' {
  if (vendor === 'traccar')
    throw new ApiProblem('not_testable', 'Traccar calls us and is never called. Test it by an event of a device.')
  if (integration === null)
    throw new ApiProblem('not_found', `Company "${companyId}" has no integration with "${vendor}".`)
  if (vendor === 'samsara' && integration.apiToken === null)
    throw new ApiProblem('not_testable', 'The integration has no apiToken, with which Samsara is called. Set it.')
  if (vendor === 'generic' && (integration.handOffUrl === null || integration.webhookSecret === null))
    throw new ApiProblem(
      'not_testable',
      'The integration needs a handOffUrl, and a webhookSecret to sign with. Set both.',
    )
  return vendor
}
