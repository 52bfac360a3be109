import type { HandOffAnswer, HandOffCall, HandOffReceiver } from '../../domain/handOffReceiver'
import { answerOfError, answerOfReply } from '../handOffAnswer'
import { changedRoute, newRoute } from './routeBody'
import { Refusal, routesApi, type SamsaraAccount, type SamsaraRoute } from './routesApi'
import { plainNaming, type StopNaming, uniqueNaming } from './stopNames'

/**
 * Routes at Samsara. Samsara knows ours by an external id, and lets no two routes have one: whenever it may have the
 * route already, it is asked for it first, so that a lost answer never makes a second route.
 */
export function samsaraReceiver(account: SamsaraAccount): HandOffReceiver {
  const api = routesApi(account)

  async function put(call: HandOffCall): Promise<HandOffAnswer> {
    const existing = call.isRepeated ? await api.find(nameOf(call)) : null
    return existing === null ? create(call) : update(existing, call)
  }

  async function create(call: HandOffCall): Promise<HandOffAnswer> {
    const post = (naming: StopNaming) => api.create(newRoute(call.document, externalIdOf(call), naming))
    try {
      return taken(await post(plainNaming))
    } catch (error) {
      if (!isNameTaken(error)) throw error
      // Ours by a call that was lost? Else another route has a stop of the same id.
      const existing = await api.find(nameOf(call))
      return existing === null ? taken(await post(uniqueNaming(call.handOffId))) : update(existing, call)
    }
  }

  async function update(existing: SamsaraRoute, call: HandOffCall): Promise<HandOffAnswer> {
    const patch = (naming: StopNaming) => api.update(existing.id, changedRoute(call.document, naming, existing.stopIds))
    try {
      return taken((await patch(plainNaming)) ?? existing)
    } catch (error) {
      if (!isNameTaken(error)) throw error
      return taken((await patch(uniqueNaming(call.handOffId))) ?? existing)
    }
  }

  async function answered(calling: () => Promise<HandOffAnswer>): Promise<HandOffAnswer> {
    try {
      return await calling()
    } catch (error) {
      return error instanceof Refusal ? answerOfReply('Samsara', error.reply, error.said) : answerOfError(error)
    }
  }

  return {
    tell: (call) =>
      answered(async () => {
        if (call.action !== 'withdraw') return put(call)
        await api.delete(nameOf(call))
        return { outcome: 'accepted', vendorRouteId: null }
      }),
    // Samsara looks at the token, and at what it may read, before it says that there is no such route.
    test: (testId) =>
      answered(async () => {
        await api.find(nameOf({ handOffId: testId }))
        return { outcome: 'accepted', vendorRouteId: null }
      }),
  }
}

/** A success that names no route: the next call asks. */
const nameless: HandOffAnswer = {
  outcome: 'unknown',
  code: 'no_route',
  message: 'Samsara took the route, and did not say under which id.',
}

function taken(route: SamsaraRoute | null): HandOffAnswer {
  return route === null ? nameless : { outcome: 'accepted', vendorRouteId: route.id }
}

/** Letters and digits, 32 of them. */
function externalIdOf({ handOffId }: Pick<HandOffCall, 'handOffId'>): { cmpRouteId: string } {
  return { cmpRouteId: handOffId.replaceAll('-', '') }
}

/** By it Samsara finds the route, as if it were its own id. */
function nameOf(call: Pick<HandOffCall, 'handOffId'>): string {
  return `cmpRouteId:${externalIdOf(call).cmpRouteId}`
}

/** An external id that another object has: Samsara names no code for it, so its words have to do. */
function isNameTaken(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false
  const { status } = error.reply
  return (status === 400 || status === 409 || status === 422) && /external[ _]?ids?/i.test(error.said ?? '')
}
