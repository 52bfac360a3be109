import { apiKeyEndpoints } from './apiKeys/apiKeyEndpoints'
import { auditEndpoints } from './audit/auditEndpoints'
import { changesEndpoint } from './changes/changesEndpoint'
import { companyEndpoints } from './companies/companyEndpoints'
import { consentEndpoints } from './consents/consentEndpoints'
import { contractEndpoints } from './contracts/contractEndpoints'
import { dayEndpoint } from './day/dayEndpoint'
import { driverEndpoints } from './driver/driverEndpoints'
import { driverLinkEndpoints } from './driver/driverLinkEndpoints'
import { explanationEndpoint } from './explaining/explanationEndpoint'
import { forecastEndpoint } from './explaining/forecastEndpoint'
import { notToldEndpoints } from './explaining/notToldEndpoints'
import { companyHealthEndpoint } from './health/companyHealthEndpoint'
import { healthEndpoints } from './health/healthEndpoints'
import type { Endpoint } from './http/endpoint'
import { integrationEndpoints } from './integrations/integrationEndpoints'
import { integrationsEndpoint } from './integrations/integrationsEndpoint'
import { notificationEndpoints } from './notifications/notificationEndpoints'
import { resendEndpoint } from './notifications/resendEndpoint'
import { operatorAccessEndpoints } from './operators/operatorAccessEndpoints'
import { operatorEndpoints } from './operators/operatorEndpoints'
import { personalDataEndpoints } from './personalData/personalDataEndpoints'
import { providerTestEndpoints } from './providerTests/providerTestEndpoints'
import { handOffEndpoint } from './routes/handOffEndpoint'
import { routeEndpoints } from './routes/routeEndpoints'
import { statusEndpoints } from './routes/statusEndpoints'
import { oidcEndpoints } from './sessions/oidc/oidcEndpoints'
import { sessionEndpoints } from './sessions/sessionEndpoints'
import { effectEndpoint } from './settings/effectEndpoint'
import { previewEndpoint } from './settings/previewEndpoint'
import { settingsEndpoints } from './settings/settingsEndpoints'
import { specialFieldsEndpoint } from './settings/specialFieldsEndpoint'
import { reportEndpoints } from './stops/reportEndpoints'
import { stopSearchEndpoint } from './stops/stopSearchEndpoint'
import { toldByPhoneEndpoint } from './stops/toldByPhoneEndpoint'
import { taskEndpoints } from './task/taskEndpoints'
import { truckEndpoints } from './trucks/truckEndpoints'
import { unsubscribeEndpoints } from './unsubscribe/unsubscribeEndpoints'
import { genericWebhook } from './webhooks/genericWebhook'
import { samsaraWebhook } from './webhooks/samsaraWebhook'
import { traccarWebhook } from './webhooks/traccarWebhook'
import { twilioInbound } from './webhooks/twilioInbound'
import { twilioStatus } from './webhooks/twilioStatus'

/** Everything that the API can be asked, in the order of its document. */
export const endpoints: readonly Endpoint[] = [
  ...companyEndpoints,
  changesEndpoint,
  ...settingsEndpoints,
  previewEndpoint,
  effectEndpoint,
  specialFieldsEndpoint,
  ...truckEndpoints,
  ...contractEndpoints,
  ...integrationEndpoints,
  integrationsEndpoint,
  ...providerTestEndpoints,
  ...routeEndpoints,
  ...statusEndpoints,
  dayEndpoint,
  handOffEndpoint,
  forecastEndpoint,
  ...reportEndpoints,
  ...driverLinkEndpoints,
  ...driverEndpoints,
  stopSearchEndpoint,
  toldByPhoneEndpoint,
  explanationEndpoint,
  ...notificationEndpoints,
  resendEndpoint,
  ...notToldEndpoints,
  ...consentEndpoints,
  ...personalDataEndpoints,
  ...taskEndpoints,
  ...apiKeyEndpoints,
  ...auditEndpoints,
  ...operatorEndpoints,
  ...operatorAccessEndpoints,
  ...sessionEndpoints,
  ...oidcEndpoints,
  samsaraWebhook,
  traccarWebhook,
  genericWebhook,
  twilioStatus,
  twilioInbound,
  ...unsubscribeEndpoints,
  companyHealthEndpoint,
  ...healthEndpoints,
]
