import type { Knex } from 'knex'
import { optedOut } from '../db/consents'
import { getIntegration, type Integration } from '../db/integrations'
import { endProviderTest, pendingProviderTest } from '../db/providerTests'
import type { HandOffReceiver } from '../domain/handOffReceiver'
import type { MessageSender } from '../domain/provider'
import {
  notConfigured,
  optedOutSince,
  outcomeOfCall,
  outcomeOfMessage,
  type ProviderTestOutcome,
  testMessage,
} from '../domain/providerTest'
import type { Channel } from '../domain/words'
import { recordStop, untilWritten } from './recording'

interface TestParts {
  db: Knex
  /** Null for a channel without configuration. */
  senders: Record<Channel, MessageSender | null>
  receiverOf(companyId: string, integration: Integration): HandOffReceiver | null
}

type PendingTest = NonNullable<Awaited<ReturnType<typeof pendingProviderTest>>>

/** Makes the call of a test by the very clients that messages and hand-offs go by; one that has ended is not made again. */
export async function testProvider(parts: TestParts, id: string): Promise<void> {
  const test = await pendingProviderTest(parts.db, id)
  if (test === null) return
  const { target } = test
  const isMessage = target === 'sms' || target === 'email'
  const outcome = isMessage ? await sendTest(parts, id, target, test) : await callVendor(parts, id, target, test)
  await untilWritten(() => endProviderTest(parts.db, id, outcome))
}

async function sendTest(
  { db, senders }: TestParts,
  id: string,
  channel: Channel,
  { companyId, companyName, address }: PendingTest,
): Promise<ProviderTestOutcome> {
  const sender = senders[channel]
  if (sender === null || address === null) return notConfigured(channel)
  if ((await optedOut(db, companyId, [{ channel, address }])).size > 0) return optedOutSince
  const message = { ...testMessage(companyName), notificationId: id, address, html: null, unsubscribeLink: null }
  const answer = await sender.send(message)
  if (answer.outcome === 'permanent' && answer.reason === 'opted_out')
    await untilWritten(() => recordStop(db, { channel, address }, answer.message))
  return outcomeOfMessage(channel, answer)
}

async function callVendor(
  { db, receiverOf }: TestParts,
  id: string,
  vendor: 'samsara' | 'generic',
  { companyId }: PendingTest,
): Promise<ProviderTestOutcome> {
  const integration = await getIntegration(db, companyId, vendor)
  const receiver = integration && readable(() => receiverOf(companyId, integration))
  return receiver ? outcomeOfCall(vendor, await receiver.test(id)) : notConfigured(vendor)
}

/** Null also for secrets that were encrypted with another key. */
function readable(open: () => HandOffReceiver | null): HandOffReceiver | null {
  try {
    return open()
  } catch {
    return null
  }
}
