import type { CalendarDate, Channel, Event, WallTime } from './words'

/** What is said about one event, and whether it is said at all. Templates are LiquidJS (domain/templates). */
export interface EventSettings {
  enabled: boolean
  sms: string
  emailSubject: string
  emailBody: string
}

export const confirmationPolicies = ['at_cutoff', 'until_cutoff', 'from_cutoff'] as const
export type ConfirmationPolicy = (typeof confirmationPolicies)[number]

export interface ConfirmationSettings {
  /** The cutoff: "Send next business day's confirmation after". Wall clock of the company. */
  sendAfter: WallTime
  policy: ConfirmationPolicy
  sameDayDelayMinutes: number
  minNoticeMinutes: number
  /** Not earlier than this many open days before the service date. */
  leadBusinessDays: number | null
}

export interface EtaBuffer {
  delivery: { beforeMinutes: number; afterMinutes: number }
  pickup: { beforeMinutes: number; afterMinutes: number }
  /** A divisor of 60; 1 does not round. */
  roundToMinutes: number
}

export interface QuietHours {
  /** Inclusive. */
  from: WallTime
  /** Exclusive; before `from` when the hours wrap midnight. */
  to: WallTime
}

export interface HolidayCalendar {
  country: string
  state?: string | undefined
}

export interface ArrivalSettings {
  maxEventAgeMinutes: number
  dwellSeconds: number
  maxAccuracyMeters: number
  driverFallbackAfterMinutes: number | null
}

export interface InternalRecipient {
  method: Channel
  address: string
  events: Event[]
}

/** "Dispatch parameters, Customer notifications" of one company: the whole versioned document. */
export interface Settings {
  customerNotifications: boolean
  smsEnabled: boolean
  events: Record<Event, EventSettings>
  confirmation: ConfirmationSettings
  etaBuffer: EtaBuffer
  sms: { characterLimit: number }
  /** IANA name; every comparison of wall-clock times is made in it. */
  timeZone: string
  /** ISO weekdays, Monday = 1. */
  businessDays: number[]
  holidays: CalendarDate[]
  holidayCalendar: HolidayCalendar | null
  opensAt: WallTime
  quietHours: QuietHours | null
  arrivals: ArrivalSettings
  internalRecipients: InternalRecipient[]
  timeFormat: '12h' | '24h'
  /** Days after its service date for which the personal data of a route that has ended is kept; null: for ever. */
  retentionDays: number | null
}

/** Every field's default (docs/configuration.md, "Settings of a company"). */
export const defaultSettings: Settings = {
  customerNotifications: false,
  smsEnabled: false,
  events: {
    confirmed: {
      enabled: false,
      sms: '{{ company.name }}: your {{ stop.kind }} is set for {{ eta.date }}, {{ eta.range }}. Ref {{ contract.numbers }}',
      emailSubject: 'Your {{ stop.kind }} on {{ eta.date }}',
      emailBody:
        'Hello {{ customer.name | default: "there" }},\n\nyour {{ stop.kind }} ({{ contract.numbers }}) is planned for {{ eta.date }} between {{ eta.start }} and {{ eta.end }} at {{ stop.address }}.\n\n{{ company.name }} {{ company.phone }}',
    },
    arrived: {
      enabled: false,
      sms: '{{ company.name }}: our truck has arrived for your {{ stop.kind }}. Ref {{ contract.numbers }}',
      emailSubject: 'Our truck has arrived',
      emailBody:
        'Hello {{ customer.name | default: "there" }},\n\nour truck has arrived at {{ stop.address }} for your {{ stop.kind }} ({{ contract.numbers }}).\n\n{{ company.name }} {{ company.phone }}',
    },
    departed: {
      enabled: false,
      sms: '{{ company.name }}: your {{ stop.kind }} is done. Thank you! Ref {{ contract.numbers }}',
      emailSubject: 'Your {{ stop.kind }} is done',
      emailBody:
        'Hello {{ customer.name | default: "there" }},\n\nour truck has left {{ stop.address }}; your {{ stop.kind }} ({{ contract.numbers }}) is done. Thank you!\n\n{{ company.name }} {{ company.phone }}',
    },
    updated: {
      enabled: false,
      sms: '{{ company.name }}: new time for your {{ stop.kind }}: {{ eta.date }}, {{ eta.range }}. Ref {{ contract.numbers }}',
      emailSubject: 'New time for your {{ stop.kind }}: {{ eta.date }}',
      emailBody:
        'Hello {{ customer.name | default: "there" }},\n\nyour {{ stop.kind }} ({{ contract.numbers }}) has a new time: {{ eta.date }} between {{ eta.start }} and {{ eta.end }} at {{ stop.address }}.\n\n{{ company.name }} {{ company.phone }}',
    },
    cancelled: {
      enabled: false,
      sms: '{{ company.name }}: your {{ stop.kind }} of {{ eta.date }} is cancelled. Ref {{ contract.numbers }}',
      emailSubject: 'Your {{ stop.kind }} of {{ eta.date }} is cancelled',
      emailBody:
        'Hello {{ customer.name | default: "there" }},\n\nyour {{ stop.kind }} ({{ contract.numbers }}) of {{ eta.date }} is cancelled.\n\n{{ company.name }} {{ company.phone }}',
    },
  },
  confirmation: {
    sendAfter: '16:00',
    policy: 'at_cutoff',
    sameDayDelayMinutes: 5,
    minNoticeMinutes: 0,
    leadBusinessDays: null,
  },
  etaBuffer: {
    delivery: { beforeMinutes: 30, afterMinutes: 30 },
    pickup: { beforeMinutes: 30, afterMinutes: 30 },
    roundToMinutes: 5,
  },
  sms: { characterLimit: 100 },
  timeZone: 'UTC',
  businessDays: [1, 2, 3, 4, 5],
  holidays: [],
  holidayCalendar: null,
  opensAt: '08:00',
  quietHours: { from: '21:00', to: '08:00' },
  arrivals: { maxEventAgeMinutes: 30, dwellSeconds: 60, maxAccuracyMeters: 100, driverFallbackAfterMinutes: null },
  internalRecipients: [],
  timeFormat: '12h',
  retentionDays: null,
}
