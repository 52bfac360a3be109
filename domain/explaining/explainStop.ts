import type { RouteStatus } from '../words'
import { explainHandOff } from './explainHandOff'
import { explainNotification } from './explainNotification'
import { explainReport } from './explainReport'
import type { ExplanationEntry, Show } from './explanation'
import type { Wording } from './ruleSentences'
import type { RouteChange, StopStory, ToldByPhone } from './stopStory'

/**
 * Why a stop's customers were told, or were not: who reported what and what became of it, every decision with its rule and
 * numbers, its timer, the claim, each answer and receipt of the provider, and everybody who has no delivery notification.
 * Made of what was stored at the time, so that it says what was decided and not what would be decided now. In order of time.
 */
export function explainStop(story: StopStory, wording: Wording, show: Show): ExplanationEntry[] {
  const entries = [
    {
      at: story.createdAt,
      kind: 'route',
      text: 'The route was planned. Nobody is told before it is confirmed.',
      data: { status: 'planned' },
    },
    ...story.changes.map(explainChange),
    ...story.reports.map((report) => explainReport(report, story, wording)),
    ...story.handOffs.flatMap((handOff) => explainHandOff(handOff, show)),
    ...explainNotTold(story),
    ...story.toldByPhone.map(explainToldByPhone),
    ...story.notifications.flatMap((notification) => explainNotification(notification, wording, show)),
  ]
  // Of one moment in the order in which things follow from each other, as they are listed above.
  return entries.sort((a, b) => a.at - b.at)
}

const changeSentences: Record<RouteStatus, (by: string) => string> = {
  planned: (by) => `The route was un-confirmed${by}: what was not sent is not sent.`,
  confirmed: (by) => `The route was confirmed${by}.`,
  in_progress: () => 'The route is in progress, since its first arrival.',
  completed: () => 'The route is completed.',
  cancelled: (by) => `The route was cancelled${by}.`,
}

function explainChange({ at, status, changedBy }: RouteChange): ExplanationEntry {
  const by = changedBy === null ? '' : ` by ${changedBy}`
  return { at, kind: 'route', text: changeSentences[status](by), data: { status, changedBy } }
}

function explainToldByPhone({ at, by, contractNumber, event }: ToldByPhone): ExplanationEntry {
  const text = `Contract ${contractNumber}, ${event}: told by phone by ${by}.`
  return { at, kind: 'told_by_phone', text, data: { by, contractNumber, event } }
}

/** Who is missing from the contracts: known since the confirmation, or since the route is planned. */
function explainNotTold({ notTold, changes, createdAt }: StopStory): ExplanationEntry[] {
  const at = changes.findLast(({ status }) => status === 'confirmed')?.at ?? createdAt
  return notTold
    .filter(({ reason }) => reason === 'no_delivery_notification')
    .map(({ contractNumber, event, reason, reasonText }) => ({
      at,
      kind: 'not_told',
      text: `Contract ${contractNumber}, ${event}: ${reasonText}`,
      data: { contractNumber, event, reason },
    }))
}
