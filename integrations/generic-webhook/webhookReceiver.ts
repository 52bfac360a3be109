import type { HandOffDocument } from '../../domain/handOffDocument'
import type { HandOffAnswer, HandOffCall, HandOffReceiver } from '../../domain/handOffReceiver'
import { callVendor } from '../callVendor'
import { answerOfError, answerOfReply } from '../handOffAnswer'
import { webhookHeaders } from './signWebhook'

export interface WebhookAccount {
  handOffUrl: string
  /** Base64, with or without `whsec_`. */
  webhookSecret: string
  /** How long the receiver may take. */
  answerMs?: number
}

const defaultAnswerMs = 10_000

/**
 * Tells any vendor of routes by a signed POST (Standard Webhooks). Its id stays the same when a delivery is repeated, so a
 * receiver that remembers ids takes each once. Its answer's body is of no interest, and is shown to nobody.
 */
export function webhookReceiver(account: WebhookAccount): HandOffReceiver {
  const { handOffUrl, webhookSecret, answerMs = defaultAnswerMs } = account
  async function post(id: string, content: object): Promise<HandOffAnswer> {
    const body = JSON.stringify(content)
    const headers = { 'Content-Type': 'application/json', ...webhookHeaders(webhookSecret, id, body, Date.now()) }
    try {
      const reply = await callVendor({ method: 'POST', url: new URL(handOffUrl), headers, body, answerMs })
      if (reply.status >= 200 && reply.status < 300) return { outcome: 'accepted', vendorRouteId: null }
      return answerOfReply('The receiver', reply, null)
    } catch (error) {
      return answerOfError(error)
    }
  }
  return {
    tell: (call) => post(`${call.handOffId}-${call.revision}`, bodyOf(call)),
    test: (testId) => post(testId, { type: 'test' }),
  }
}

function bodyOf({ action, document }: HandOffCall): Omit<HandOffDocument, 'name'> & { type: string } {
  const { routeId, serviceDate, truckId, deviceId, stops } = document
  const type = action === 'withdraw' ? 'route.withdrawn' : 'route.dispatched'
  return { type, routeId, serviceDate, truckId, deviceId, stops }
}
