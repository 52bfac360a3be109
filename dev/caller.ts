import { randomBytes, randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { workflowIdOf } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import type { System } from './startSystem'

/** What a dispatch back end, a driver's app and a GPS vendor say to the product, over HTTP as they would. */
export type Caller = ReturnType<typeof createCaller>

export function createCaller({ url, adminKey, time }: Pick<System, 'url' | 'adminKey' | 'time'>) {
  const secret = randomBytes(24).toString('base64')

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`)
    return answer === '' ? null : JSON.parse(answer)
  }

  const routePath = (companyId: string, routeId: string) => `/companies/${companyId}/routes/${routeId}`
  return {
    call,
    put: (companyId: string, path: string, body: unknown) => call('PUT', `/companies/${companyId}${path}`, body),
    async confirm(companyId: string, routeId: string): Promise<void> {
      await call('POST', `${routePath(companyId, routeId)}/confirm`)
      await time.join(workflowIdOf({ companyId, routeId }))
    },
    unconfirm: (companyId: string, routeId: string) => call('POST', `${routePath(companyId, routeId)}/unconfirm`),
    cancel: (companyId: string, routeId: string) => call('POST', `${routePath(companyId, routeId)}/cancel`),
    driver: (companyId: string, routeId: string, stopId: string, what: 'arrived' | 'departed') =>
      call('POST', `${routePath(companyId, routeId)}/stops/${stopId}/${what}`, { occurredAt: iso(time.now()) }),
    /** Lets the demo's GPS vendor post to a company. */
    linkGps: (companyId: string) =>
      call('PUT', `/companies/${companyId}/integrations/generic`, { webhookSecret: secret }),
    /** A geofence event, signed as Standard Webhooks has it. */
    async gps(
      companyId: string,
      deviceId: string,
      kind: 'enter' | 'exit',
      geofenceId: string,
      occurredAt = time.now(),
    ) {
      const id = `msg_${randomUUID()}`
      const sentAt = new Date(time.now())
      const body = JSON.stringify({
        eventId: id,
        deviceId,
        kind,
        geofenceId,
        accuracyMeters: 12,
        occurredAt: iso(occurredAt),
      })
      const response = await fetch(`${url}/v1/webhooks/generic/${companyId}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
        },
        body,
      })
      if (response.status !== 202) throw new Error(`geofence ${kind}: ${response.status} ${await response.text()}`)
    },
  }
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString()
}
