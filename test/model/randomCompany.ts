import { defaultSettings, type Settings } from '../../domain/settings'
import { type DeliveryNotification, type Event, events } from '../../domain/words'
import { addDays } from './clock'
import type { Refusal } from './history'
import type { Random } from './random'

const template = '{{ stop.kind }} {{ contract.numbers }} on {{ eta.date }}, {{ eta.range }}'

const quiet = [
  null,
  { from: '21:00', to: '08:00' },
  { from: '21:00', to: '08:00' },
  { from: '19:30', to: '06:15' },
] as const
const buffers = [0, 15, 30, 45, 90] as const

/** Settings of any valid company; most of its switches are on, or there would be nothing to see. */
export function anySettings(random: Random, today: string): Settings {
  const standard = structuredClone(defaultSettings)
  const days = [-1, 0, 1, 2, 3, 4, 5].map((count) => addDays(today, count))
  return {
    ...standard,
    customerNotifications: random.chance(0.95),
    smsEnabled: random.chance(0.9),
    events: Object.fromEntries(
      events.map((event) => [
        event,
        { enabled: random.chance(0.93), sms: template, emailSubject: 'Your visit', emailBody: template },
      ]),
    ) as Settings['events'],
    confirmation: {
      sendAfter: random.of(['12:00', '16:00', '18:30']),
      policy: random.of(['at_cutoff', 'until_cutoff', 'from_cutoff']),
      sameDayDelayMinutes: random.of([0, 3, 5, 25]),
      minNoticeMinutes: random.of([0, 0, 60, 600]),
      leadBusinessDays: random.of([null, null, 1, 2]),
    },
    etaBuffer: {
      delivery: { beforeMinutes: random.of(buffers), afterMinutes: random.of(buffers) },
      pickup: { beforeMinutes: random.of(buffers), afterMinutes: random.of(buffers) },
      roundToMinutes: random.of([1, 5, 15, 30, 60]),
    },
    sms: { characterLimit: 1600 },
    timeZone: random.of([
      'America/Chicago',
      'America/Chicago',
      'America/New_York',
      'Europe/Berlin',
      'UTC',
      'Asia/Kathmandu',
      'Australia/Sydney',
    ]),
    businessDays: random.of([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5, 6, 7],
      [2, 4, 6],
    ]),
    holidays: random.some(days, 0.1),
    opensAt: random.of(['06:00', '08:00', '10:00']),
    quietHours: random.of(quiet),
    arrivals: {
      maxEventAgeMinutes: random.of([10, 30, 60]),
      dwellSeconds: random.of([0, 60, 60, 120]),
      maxAccuracyMeters: 100,
      driverFallbackAfterMinutes: null,
    },
    internalRecipients: anyStaff(random),
    timeFormat: random.of(['12h', '24h']),
  }
}

function anyStaff(random: Random): Settings['internalRecipients'] {
  const all: Settings['internalRecipients'] = [
    { method: 'email', address: 'boss@acme.example', events: anyEvents(random) },
    { method: 'sms', address: '+15125550100', events: anyEvents(random) },
  ]
  return random.some(all, 0.4)
}

/** One thing in the settings changes. */
export function changedSettings(random: Random, settings: Settings): Settings {
  const event = random.of(events)
  const changes: Partial<Settings>[] = [
    { customerNotifications: !settings.customerNotifications || random.chance(0.5) },
    { smsEnabled: !settings.smsEnabled || random.chance(0.5) },
    {
      events: { ...settings.events, [event]: { ...settings.events[event], enabled: !settings.events[event].enabled } },
    },
    { confirmation: { ...settings.confirmation, sendAfter: random.of(['12:00', '14:30', '17:00', '20:00']) } },
    { confirmation: { ...settings.confirmation, policy: random.of(['at_cutoff', 'until_cutoff', 'from_cutoff']) } },
    {
      etaBuffer: {
        ...settings.etaBuffer,
        delivery: { beforeMinutes: random.of(buffers), afterMinutes: random.of(buffers) },
      },
    },
    { etaBuffer: { ...settings.etaBuffer, roundToMinutes: random.of([1, 5, 20, 60]) } },
    { quietHours: random.of(quiet) },
    { internalRecipients: anyStaff(random) },
    { timeFormat: random.of(['12h', '24h']) },
  ]
  return { ...settings, ...random.from(changes) }
}

export function anyEvents(random: Random): Event[] {
  return random.chance(0.65) ? [...events] : random.some(events, 0.7)
}

/** The addresses of a run; each run has its own, since a STOP binds every company. */
export function addressBook(seed: number) {
  return {
    phone: (index: number) => `+1512${2_000_000 + (seed % 7_000) * 1_000 + index}`,
    email: (index: number) => `customer${index}@example.com`,
  }
}

/** The delivery notifications of one contract. Some contracts have none; some share an address with their neighbour. */
export function anyRows(random: Random, seed: number, index: number): DeliveryNotification[] {
  if (random.chance(0.12)) return []
  const { phone, email } = addressBook(seed)
  const neighbour = () => (random.chance(0.2) ? Math.max(0, index - 1) : index)
  const rows: DeliveryNotification[] = []
  const withText = random.chance(0.75)
  if (withText)
    rows.push({ method: 'sms', address: phone(neighbour()), events: anyEvents(random), onlyIfTextFails: false })
  if (withText && random.chance(0.05))
    rows.push({ method: 'sms', address: phone(index + 500), events: anyEvents(random), onlyIfTextFails: false })
  if (!withText || random.chance(0.6)) {
    const onlyIfTextFails = withText && random.chance(0.45)
    rows.push({ method: 'email', address: email(neighbour()), events: anyEvents(random), onlyIfTextFails })
  }
  return rows
}

/** Numbers that the provider refuses for good. Those that said STOP belong to one contract alone. */
export function anyRefusals(random: Random, seed: number, contracts: Map<string, DeliveryNotification[]>) {
  const refused = new Map<string, Refusal>()
  const count = (address: string) =>
    [...contracts.values()].filter((rows) => rows.some((row) => row.address === address)).length
  for (let index = 0; index < contracts.size; index++) {
    const address = addressBook(seed).phone(index)
    if (random.chance(0.05)) refused.set(address, 'invalid_address')
    else if (random.chance(0.03) && count(address) === 1) refused.set(address, 'opted_out')
  }
  return refused
}
