import type { Shown } from '../../client/api'

type Integration = Shown['Integration']
/** What an integration may hold. */
export type Field = 'webhookSecret' | 'apiToken' | 'apiUrl' | 'handOffUrl'

interface Vendor {
  about: string
  /** What the integration holds with this vendor, in the order of the form. */
  fields: readonly Field[]
  /** Whether the webhook secret is ours to choose; otherwise the vendor makes it. */
  secretIsOurs: boolean
  /** Whether the vendor can be called to try it out. */
  testable: boolean
}

/** What each vendor is for. */
export const vendors: Record<Integration['vendor'], Vendor> = {
  samsara: {
    about: 'Its geofences and stops tell when a truck arrives and departs; routes are handed off to its drivers.',
    fields: ['webhookSecret', 'apiToken', 'apiUrl'],
    secretIsOurs: false,
    testable: true,
  },
  traccar: {
    about:
      'Its geofences tell when a truck arrives and departs. It is never called: try it out by an event of a device.',
    fields: ['webhookSecret'],
    secretIsOurs: true,
    testable: false,
  },
  generic: {
    about:
      'Of TSO, and of any other vendor that signs by Standard Webhooks: events come in, and routes are handed off.',
    fields: ['webhookSecret', 'handOffUrl'],
    secretIsOurs: true,
    testable: true,
  },
}

interface FieldWords {
  label: string
  /** How it stands on the card. */
  shown: (integration: Integration | undefined) => string
  /** What to enter. */
  hint: (vendor: Integration['vendor']) => string
}

/** The fields of an integration as people know them. */
export const fields: Record<Field, FieldWords> = {
  webhookSecret: {
    label: 'Webhook secret',
    shown: (integration) =>
      integration?.webhookSecretSet ? 'Set' : 'Not set: whatever the vendor posts here is refused.',
    hint: (vendor) => secretHints[vendor],
  },
  apiToken: {
    label: 'API token',
    shown: (integration) => (integration?.apiTokenSet ? 'Set' : 'Not set: routes are not handed off.'),
    hint: () => 'Of a token that may read and write routes',
  },
  apiUrl: {
    label: 'API address',
    shown: (integration) => integration?.apiUrl ?? 'The vendor’s own',
    hint: () => 'Only for another region, such as https://api.eu.samsara.com',
  },
  handOffUrl: {
    label: 'Hand-off address',
    shown: (integration) => integration?.handOffUrl ?? 'None: routes are not handed off.',
    hint: () => 'Where routes are posted to, beginning with https://',
  },
}

const secretHints: Record<Integration['vendor'], string> = {
  samsara: 'The webhook’s secret key as Samsara shows it, in base64',
  traccar: 'Any text that nobody guesses, the same as in event.forward.header',
  generic: 'In base64, with or without whsec_ before it; the same at the vendor',
}

/** Whether it is a secret, which is written and never read. */
export function isSecret(field: Field): field is 'webhookSecret' | 'apiToken' {
  return field === 'webhookSecret' || field === 'apiToken'
}
