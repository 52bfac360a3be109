import { confirmationPolicies, type EventSettings, type Settings, defaultSettings as standard } from './settings'
import {
  calendarDate,
  characterLimit,
  closedObject,
  divisorOf60,
  flag,
  holidayCalendar,
  internalRecipient,
  listOf,
  oneOf,
  setOf,
  template,
  timeZone,
  wallTime,
  wholeNumber,
} from './settingsFields'

/**
 * The settings document of a company in `country` (ISO 3166-1 alpha-2) as it is asked for: any field, at any level, may
 * be left out and then takes its default; an unknown one is refused. Judges each field by itself; `parseSettings` adds
 * what only shows between fields. Rule: "Settings of a company".
 */
export function settingsSchema({ country }: { country: string }) {
  return closedObject({
    customerNotifications: flag
      .default(standard.customerNotifications)
      .describe('Master switch. Off: workflows still run and record, but no customer is told'),
    smsEnabled: flag.default(standard.smsEnabled).describe('Text messages on or off'),
    events: closedObject({
      confirmed: eventSettings(standard.events.confirmed),
      arrived: eventSettings(standard.events.arrived),
      departed: eventSettings(standard.events.departed),
      updated: eventSettings(standard.events.updated),
      cancelled: eventSettings(standard.events.cancelled),
    }).prefault({}),
    confirmation,
    etaBuffer,
    sms: closedObject({
      characterLimit: characterLimit.default(standard.sms.characterLimit).describe('Of the rendered text'),
    }).prefault({}),
    timeZone: timeZone.default(standard.timeZone).describe('IANA name; every wall-clock time is compared in it'),
    businessDays: setOf(wholeNumber(1, 7, 'for a weekday, Monday = 1'), 7)
      .min(1, 'No business day is left. Give at least one of 1 (Monday) to 7 (Sunday).')
      .default(standard.businessDays)
      .describe('ISO weekdays, Monday = 1'),
    holidays: setOf(calendarDate, 1000).default(standard.holidays).describe('Days on which the company is closed'),
    holidayCalendar: holidayCalendar
      .nullable()
      .default(standard.holidayCalendar)
      .describe('Adds the public holidays of a country or state'),
    opensAt: wallTime.default(standard.opensAt).describe('When an open day begins; before confirmation.sendAfter'),
    quietHours,
    arrivals,
    internalRecipients: listOf(internalRecipient(country), 50)
      .default(standard.internalRecipients)
      .describe('People of the company who are told of chosen events'),
    timeFormat: oneOf(['12h', '24h']).default(standard.timeFormat).describe('How special fields show a time'),
    retentionDays: wholeNumber(7, 3650, 'of days')
      .nullable()
      .default(standard.retentionDays)
      .describe('Personal data of routes that ended longer ago is erased; null: it is kept'),
  })
}

function eventSettings(defaults: EventSettings) {
  return closedObject({
    enabled: flag.default(defaults.enabled).describe('Whether customers are told of this event'),
    sms: template.default(defaults.sms).describe('Template of the text message'),
    emailSubject: template.default(defaults.emailSubject).describe("Template of the email's subject"),
    emailBody: template.default(defaults.emailBody).describe("Template of the email's plain text"),
  }).prefault({})
}

const confirmation = closedObject({
  sendAfter: wallTime.default(standard.confirmation.sendAfter).describe('The cutoff'),
  policy: oneOf(confirmationPolicies).default(standard.confirmation.policy),
  sameDayDelayMinutes: wholeNumber(0, 720, 'of minutes')
    .default(standard.confirmation.sameDayDelayMinutes)
    .describe('Grace period for routes of today'),
  minNoticeMinutes: wholeNumber(0, 10_080, 'of minutes')
    .default(standard.confirmation.minNoticeMinutes)
    .describe('A confirmation is due no later than this before the start of the told window'),
  leadBusinessDays: wholeNumber(1, 60, 'of open days')
    .nullable()
    .default(standard.confirmation.leadBusinessDays)
    .describe('Not earlier than this many open days before the service date'),
}).prefault({})

function buffer(defaults: Settings['etaBuffer']['delivery']) {
  return closedObject({
    beforeMinutes: wholeNumber(0, 720, 'of minutes').default(defaults.beforeMinutes),
    afterMinutes: wholeNumber(0, 720, 'of minutes').default(defaults.afterMinutes),
  }).prefault({})
}

const etaBuffer = closedObject({
  delivery: buffer(standard.etaBuffer.delivery),
  pickup: buffer(standard.etaBuffer.pickup),
  roundToMinutes: divisorOf60.default(standard.etaBuffer.roundToMinutes).describe('A divisor of 60; 1 does not round'),
}).prefault({})

const quietHours = closedObject({
  from: wallTime.default('21:00').describe('Inclusive'),
  to: wallTime.default('08:00').describe('Exclusive; before from when the hours wrap midnight'),
})
  .refine(({ from, to }) => from !== to, 'from and to are the same time. Give two times, or null for no quiet hours.')
  .nullable()
  .prefault({})
  .describe('When no text message is sent; null: never quiet')

const arrivals = closedObject({
  maxEventAgeMinutes: wholeNumber(1, 1440, 'of minutes').default(standard.arrivals.maxEventAgeMinutes),
  dwellSeconds: wholeNumber(0, 3600, 'of seconds').default(standard.arrivals.dwellSeconds),
  maxAccuracyMeters: wholeNumber(1, 10_000, 'of meters').default(standard.arrivals.maxAccuracyMeters),
  driverFallbackAfterMinutes: wholeNumber(1, 1440, 'of minutes')
    .nullable()
    .default(standard.arrivals.driverFallbackAfterMinutes),
}).prefault({})
