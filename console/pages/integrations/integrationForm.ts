import type { Shown } from '../../client/api'

/** What a form has of an integration. A secret is empty to stay as it is, null to be forgotten. */
export interface IntegrationForm {
  webhookSecret: string | null
  apiToken: string | null
  apiUrl: string
  handOffUrl: string
}

export function formOf(integration: Shown['Integration'] | undefined): IntegrationForm {
  return {
    ...{ webhookSecret: '', apiToken: '' },
    apiUrl: integration?.apiUrl ?? '',
    handOffUrl: integration?.handOffUrl ?? '',
  }
}

/** The integration as the API takes it: a secret that is left out stays, an address that is left out is none. */
export function bodyOf({ webhookSecret, apiToken, apiUrl, handOffUrl }: IntegrationForm): Shown['IntegrationBody'] {
  return {
    ...(webhookSecret !== '' && { webhookSecret: webhookSecret?.trim() ?? null }),
    ...(apiToken !== '' && { apiToken: apiToken?.trim() ?? null }),
    ...(apiUrl.trim() !== '' && { apiUrl: apiUrl.trim() }),
    ...(handOffUrl.trim() !== '' && { handOffUrl: handOffUrl.trim() }),
  }
}
