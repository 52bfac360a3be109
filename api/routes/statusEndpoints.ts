import type { ErrorCode } from '../../domain/errors'
import { dispatchers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { cancelRoute } from './cancelRoute'
import { confirmRoute } from './confirmRoute'
import { routeOr404, withNotifications } from './readRoute'
import { routePath } from './routeBody'
import { routeSchema } from './routeView'
import type { ChangeStatus } from './statusChange'
import { unconfirmRoute } from './unconfirmRoute'

function statusEndpoint(word: string, summary: string, change: ChangeStatus, errors: ErrorCode[]) {
  return defineEndpoint({
    method: 'post',
    path: `/v1/companies/{companyId}/routes/{routeId}/${word}`,
    tag: 'Routes',
    summary,
    access: { roles: dispatchers },
    params: routePath,
    answers: {
      200: { description: 'It was so already; nothing has changed.', schema: routeSchema },
      202: { description: 'Accepted; its workflow hears of it.', schema: routeSchema },
    },
    errors: [...errors, 'route_closed'],
    async handle({ params, caller, now }, api) {
      const message = await change(api.db, params, now, caller)
      const route = await routeOr404(api.db, params)
      if (message !== null) await api.forwarder.forward([{ ...message, route }])
      const firstConfirmed = message?.message.kind === 'confirmed' && route.confirmation === 1
      const body = await withNotifications(api.db, route, caller, now, { firstConfirmed })
      return { status: message === null ? 200 : 202, body }
    },
  })
}

export const statusEndpoints = [
  statusEndpoint('confirm', 'Confirm a route: its customers are told', confirmRoute, ['service_date_passed']),
  statusEndpoint('unconfirm', 'Take a confirmation back, silently', unconfirmRoute, ['route_in_progress']),
  statusEndpoint('cancel', 'Cancel a route: customers who were told are told so', cancelRoute, []),
]
