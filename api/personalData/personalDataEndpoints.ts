import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import { consentsOf, optedOut } from '../../db/consents'
import { notificationsTo } from '../../db/notifications'
import {
  contractsNaming,
  eraseRecipient,
  type RecipientAddress,
  routesTelling,
  takeOffContracts,
} from '../../db/recipients'
import { currentSettings } from '../../db/settingsVersions'
import { normaliseAddress } from '../../domain/addresses/normaliseAddress'
import { channels } from '../../domain/words'
import type { ApiParts } from '../apiParts'
import { dispatchers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { consentAddressProblems } from '../consents/consentAddress'
import { shownConsent } from '../consents/consentEndpoints'
import { defineEndpoint } from '../http/endpoint'
import { shownNotification } from '../notifications/notificationSchema'
import { nudgeRoutes } from '../outbox/nudgeRoutes'
import { companyPath, isoOrNone, text } from '../schemas/common'
import { erasureSchema, exportSchema } from './personalDataSchemas'

const path = '/v1/companies/{companyId}/personal-data'
const tag = 'Personal data'
const recipientBody = z.strictObject({ channel: z.enum(channels), address: z.string().max(320) })
const exportBody = recipientBody.meta({ id: 'PersonalDataExportBody' })
const erasureBody = recipientBody
  .extend({
    note: text(1000).optional().meta({
      description: 'Kept in the audit log for ever: such as the number of the request, and no personal data.',
    }),
  })
  .meta({ id: 'PersonalDataErasureBody' })

export const personalDataEndpoints = [
  defineEndpoint({
    method: 'post',
    path: `${path}/export`,
    tag,
    summary: 'Everything that is stored of one address',
    description:
      'For the request of a customer: contracts that name the address, messages to it with their texts, and consents.',
    access: { roles: dispatchers },
    params: companyPath,
    body: exportBody,
    answers: { 200: { description: 'All of it.', schema: exportSchema } },
    secretAnswer: true,
    alsoCheck: addressIsPossible,
    async handle({ params: { companyId }, body, caller, now }, { db }) {
      const recipient = await storedRecipient(db, companyId, body)
      // One moment for all of it.
      const [contracts, notifications, consents, { settings }] = await db.transaction(
        async (trx) => {
          await recordAudit(trx, {
            companyId,
            by: caller,
            action: 'personal_data.exported',
            subject: recipient.channel,
          })
          return [
            await contractsNaming(trx, recipient),
            await notificationsTo(trx, recipient),
            await consentsOf(trx, recipient),
            await currentSettings(trx, companyId),
          ] as const
        },
        { isolationLevel: 'repeatable read' },
      )
      const { channel, address } = recipient
      const answer: z.input<typeof exportSchema> = {
        channel,
        address,
        exportedAt: isoOrNone(now) ?? '',
        contracts,
        notifications: notifications.map((each) => shownNotification(each, caller)),
        consents: consents.map((each) => shownConsent(each, caller)),
        internalRecipients: settings.internalRecipients.filter(
          (person) => person.method === channel && person.address === address,
        ),
      }
      return { status: 200, body: answer }
    },
  }),
  defineEndpoint({
    method: 'post',
    path: `${path}/erase`,
    tag,
    summary: 'Erase what is stored of one address',
    description:
      'Takes the address off every contract, suppresses what was still to be sent to it, and erases it and the texts from all of ' +
      'its notifications. An opt-out stays in force. May be repeated, and has to be while something is `underWay`.',
    access: { roles: dispatchers },
    params: companyPath,
    body: erasureBody,
    answers: { 200: { description: 'What was erased.', schema: erasureSchema } },
    alsoCheck: addressIsPossible,
    async handle({ params: { companyId }, body, caller }, api) {
      const recipient = await storedRecipient(api.db, companyId, body)
      const { answer, nudges } = await api.db.transaction(async (trx) => {
        const contracts = await takeOffContracts(trx, recipient)
        // This locks them, too: what they are about to send is decided before or after, not meanwhile.
        const nudges = await nudgeRoutes(trx, await routesTelling(trx, recipient, contracts))
        const { erased, underWay } = await eraseRecipient(trx, recipient)
        const changes = [
          { path: 'contracts', to: contracts },
          { path: 'notifications', to: erased },
          ...(body.note === undefined ? [] : [{ path: 'note', to: body.note }]),
        ]
        const entry = {
          companyId,
          by: caller,
          action: 'personal_data.erased',
          subject: recipient.channel,
          changes,
        } as const
        if (contracts.length > 0 || erased > 0) await recordAudit(trx, entry)
        const isOut = (await optedOut(trx, companyId, [recipient])).size > 0
        return { answer: { contracts, notifications: erased, underWay, optedOut: isOut }, nudges }
      })
      await api.forwarder.forward(nudges)
      return { status: 200, body: answer }
    },
  }),
]

async function addressIsPossible({ params, body }: { params: { companyId: string }; body: unknown }, { db }: ApiParts) {
  return consentAddressProblems(body, (await companyOr404(db, params.companyId)).country)
}

/** The recipient in the form in which addresses are stored. */
async function storedRecipient(
  db: ApiParts['db'],
  companyId: string,
  { channel, address }: z.output<typeof recipientBody>,
): Promise<RecipientAddress> {
  const { country } = await companyOr404(db, companyId)
  const normal = normaliseAddress(channel, address, country)
  return { companyId, channel, address: 'address' in normal ? normal.address : address }
}
