import { type Channel, type Event, events } from '../../domain/words'
import { Dice } from './dice'
import type { ChaosOptions } from './options'
import { type MailFault, mailFault, type TextFault, textFault } from './providerFaults'

/** What happens to a route; dev/chaos/stories/ tells each. */
const storyKinds = [
  [5, 'life'],
  [4, 'geofence'],
  [2, 'moved'],
  [2, 'cancelled'],
  [2, 'confirmedAgain'],
  [1, 'takenBack'],
] as const
export type StoryKind = (typeof storyKinds)[number][1]

export interface PlannedRecipient {
  channel: Channel
  address: string
  onlyIfTextFails: boolean
  /** What its provider does to the message about an event; at most once each. */
  faults: Partial<Record<Event, TextFault | MailFault>>
  /** Refused by the provider for good, every time. */
  refused: boolean
  /** Says STOP before the route is confirmed, or after it was told of that. */
  stops: 'before' | 'after' | null
}

export interface PlannedStop {
  stopId: string
  contract: string
  recipients: PlannedRecipient[]
}

export interface PlannedRoute {
  routeId: string
  kind: StoryKind
  /** After the beginning of the run. */
  startsAtMs: number
  stops: PlannedStop[]
  dice: Dice
}

/** Messages that a route of this kind calls for, for each of its recipients. */
const messages: Record<StoryKind, number> = {
  life: 3,
  geofence: 3,
  moved: 4,
  cancelled: 2,
  confirmedAgain: 3,
  takenBack: 0,
}

/** Routes for so many messages, spread over the time in which things go wrong. */
export function planRoutes({ seed, notifications, disturbed }: ChaosOptions, activeMs: number): PlannedRoute[] {
  const dice = new Dice(String(seed))
  const routes: PlannedRoute[] = []
  for (let planned = 0; planned < notifications; ) {
    const route = planRoute(dice.of(`route ${routes.length}`), routes.length, disturbed)
    routes.push(route)
    const told = route.stops.flatMap(({ recipients }) => recipients.filter((each) => !each.stops && !each.refused))
    planned += messages[route.kind] * told.length
  }
  const spreadMs = activeMs * 0.6
  for (const [index, route] of routes.entries()) route.startsAtMs = Math.round((index / routes.length) * spreadMs)
  // They wait for edits to settle.
  for (const route of routes) if (route.kind === 'moved') route.startsAtMs = Math.round(route.startsAtMs / 10)
  return routes
}

function planRoute(dice: Dice, index: number, disturbed: boolean): PlannedRoute {
  const kind = dice.pick(storyKinds)
  const stops = Array.from({ length: dice.between(2, 5) }, (_, at) => {
    const contract = `C-${index}-${at}`
    // Nobody says STOP to a route of which nobody hears.
    const mayStop = kind !== 'takenBack'
    const recipients = planRecipients(dice.of(contract), index * 10 + at, { disturbed, mayStop })
    return { stopId: `s${at}`, contract, recipients }
  })
  return { routeId: `r${index}`, kind, startsAtMs: 0, stops, dice }
}

function planRecipients(
  dice: Dice,
  number: number,
  { disturbed, mayStop }: { disturbed: boolean; mayStop: boolean },
): PlannedRecipient[] {
  const phone = `+1512${String(2_000_000 + number * 7).padStart(7, '0')}`
  const stops = dice.pick([
    [90, null],
    [mayStop ? 5 : 0, 'before'],
    [mayStop ? 5 : 0, 'after'],
  ] as const)
  const refused = disturbed && stops === null && dice.happens(0.03)
  const faults = <Fault>(next: (dice: Dice) => Fault | null) => {
    if (!disturbed || refused) return {}
    return Object.fromEntries(
      events.flatMap((event) => {
        const fault = next(dice)
        return fault === null ? [] : [[event, fault]]
      }),
    )
  }
  const text = {
    channel: 'sms',
    address: phone,
    onlyIfTextFails: false,
    refused,
    stops,
    faults: faults(textFault),
  } as const
  const hasMail = dice.happens(0.7)
  const mail = {
    channel: 'email',
    address: `c${number}@example.com`,
    // Only beside a text of which it is certain that it will not go: what else becomes of it depends on receipts.
    onlyIfTextFails: stops === 'before',
    refused: false,
    stops: null,
    faults: faults(mailFault),
  } as const
  return hasMail ? [text, mail] : [text]
}
