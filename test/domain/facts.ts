import type { ContractRecord, NotificationRecord, RouteFacts, StopRecord, VisitEvent } from '../../domain/facts'
import { defaultSettings, type Settings } from '../../domain/settings'
import { type Channel, type DeliveryNotification, type Event, events } from '../../domain/words'
import { type Change, moment, settingsWith as scheduled } from './schedule/week'

export const minute = 60_000
export const bothChannels = { sms: true, email: true }

/** The settings of the schedule's examples with everything switched on and no quiet hours, unless changed. */
export function settingsWith(change: Change = {}): Settings {
  const on = Object.fromEntries(
    events.map((event) => [event, { ...defaultSettings.events[event], enabled: true }]),
  ) as Settings['events']
  return scheduled({ customerNotifications: true, smsEnabled: true, events: on, quietHours: null, ...change })
}

/** The same with one event switched off. */
export function without(event: Event): Pick<Settings, 'events'> {
  const { events: on } = settingsWith()
  return { events: { ...on, [event]: { ...on[event], enabled: false } } }
}

export const ann = '+15125550101'
export const annMail = 'ann@example.com'

export function row(
  method: Channel,
  address: string,
  change: Partial<DeliveryNotification> = {},
): DeliveryNotification {
  return { method, address, events: [...events], onlyIfTextFails: false, ...change }
}

export function aContract(number: string, deliveryNotifications = [row('sms', ann)]): ContractRecord {
  return { number, customerName: 'Ann Smith', fields: {}, deliveryNotifications }
}

export function contractsOf(...contracts: ContractRecord[]): Map<string, ContractRecord> {
  return new Map(contracts.map((contract) => [contract.number, contract]))
}

/** A delivery of contract C1 on Wednesday at 13:00: told window 12:30 to 13:30. */
export function aStop(change: Partial<StopRecord> = {}): StopRecord {
  return {
    stopId: 's1',
    kind: 'delivery',
    status: 'pending',
    scheduledAt: moment('Wed 13:00'),
    address: '1 Main St',
    timeZone: null,
    location: null,
    geofenceId: null,
    contractNumbers: ['C1'],
    addedAt: null,
    arrivedAt: null,
    departedAt: null,
    ...change,
  }
}

/** A route of Wednesday, confirmed on Tuesday at 10:00, due on Tuesday at 16:00. */
export function aRoute(change: Partial<RouteFacts['route']> = {}): RouteFacts['route'] {
  return {
    companyId: 'c1',
    routeId: 'r1',
    name: 'North',
    serviceDate: '2026-02-04',
    status: 'confirmed',
    truck: null,
    driverName: null,
    confirmedAt: moment('Tue 10:00'),
    confirmation: 1,
    editedAt: null,
    ...change,
  }
}

export function factsWith(change: Partial<RouteFacts> = {}): RouteFacts {
  return {
    company: { companyId: 'c1', name: 'Acme', phone: null, country: 'US' },
    settings: settingsWith(),
    settingsVersion: 1,
    route: aRoute(),
    stops: [aStop()],
    contracts: contractsOf(aContract('C1')),
    visitEvents: [],
    notifications: [],
    optedOut: new Set(),
    handOffs: [],
    handsOffTo: [],
    ...change,
  }
}

let made = 0

/** A text to Ann about stop s1's window of Wednesday, planned and not yet sent. */
export function aNotification(change: Partial<NotificationRecord> = {}): NotificationRecord {
  made += 1
  return {
    id: `n${made}`,
    sequence: made,
    stopId: 's1',
    event: 'confirmed',
    channel: 'sms',
    address: ann,
    revision: 1,
    internal: false,
    contractNumbers: ['C1'],
    plannedAt: moment('Tue 16:00'),
    confirmation: 1,
    status: 'planned',
    reason: null,
    staleByQuietHours: false,
    withdrawn: false,
    decidedAt: null,
    window: { start: moment('Wed 12:30'), end: moment('Wed 13:30') },
    lookUps: 0,
    lastAttempt: null,
    resentAt: null,
    ...change,
  }
}

export function attempt(
  outcome: NonNullable<NotificationRecord['lastAttempt']>['outcome'],
  at: number,
  retryAt: number | null = null,
): NotificationRecord['lastAttempt'] {
  return { number: 1, at, outcome, retryAt }
}

export function aReport(kind: VisitEvent['kind'], occurredAt: number, stopId = 's1'): VisitEvent {
  made += 1
  return { id: made, stopId, kind, occurredAt, judgedAt: occurredAt, accuracyMeters: null }
}
