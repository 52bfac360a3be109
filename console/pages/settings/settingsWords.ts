import type { Event } from './settingsDocument'

/** What the events are called where dispatchers tick them. */
export const eventNames: Record<Event, string> = {
  confirmed: 'Route Confirmed',
  arrived: 'Arrived',
  departed: 'Departed',
  updated: 'Updated',
  cancelled: 'Cancelled',
}

export const policies = {
  at_cutoff: 'At that time; when confirmed later, as the next business day opens',
  until_cutoff: 'At once until that time; when confirmed later, as the next business day opens',
  from_cutoff: 'At that time; when confirmed later, at once',
}

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Each field has one name: at its input, in problems and in the history. */
const names: Record<string, string> = {
  customerNotifications: 'Customer notifications',
  smsEnabled: 'Send SMS Text Messages',
  'confirmation.sendAfter': 'Send next business day’s confirmation after',
  'confirmation.policy': 'When a confirmation is sent',
  'confirmation.sameDayDelayMinutes': 'Same-day delay',
  'confirmation.minNoticeMinutes': 'Notice at least',
  'confirmation.leadBusinessDays': 'Not earlier than',
  'etaBuffer.delivery.beforeMinutes': 'Delivery, before',
  'etaBuffer.delivery.afterMinutes': 'Delivery, after',
  'etaBuffer.pickup.beforeMinutes': 'Pickup, before',
  'etaBuffer.pickup.afterMinutes': 'Pickup, after',
  'etaBuffer.roundToMinutes': 'Round outward to',
  'sms.characterLimit': 'SMS character limit',
  timeZone: 'Time zone',
  timeFormat: 'Time format',
  businessDays: 'Business days',
  holidays: 'Holidays',
  holidayCalendar: 'Public holidays',
  'holidayCalendar.country': 'Country of public holidays',
  'holidayCalendar.state': 'State of public holidays',
  opensAt: 'Opens at',
  quietHours: 'Quiet hours',
  'quietHours.from': 'Quiet from',
  'quietHours.to': 'Quiet until',
  'arrivals.maxEventAgeMinutes': 'Ignore reports older than',
  'arrivals.dwellSeconds': 'Arrived after staying',
  'arrivals.maxAccuracyMeters': 'Ignore GPS fixes worse than',
  'arrivals.driverFallbackAfterMinutes': 'Driver reports again when the device is silent for',
  internalRecipients: 'Internal recipients',
  retentionDays: 'Keep personal data for',
}

const parts: Record<string, string> = {
  sms: 'text message',
  emailSubject: 'email subject',
  emailBody: 'email',
  method: 'by',
  address: 'address',
  events: 'events',
}

/** What a field is called, by its path in the document; the path itself for one that this page does not know. */
export function fieldName(path: string): string {
  if (names[path] !== undefined) return names[path]
  const [group = '', member = '', part = ''] = path.split('.')
  if (group === 'events' && member in eventNames) {
    const event = eventNames[member as Event]
    return part === 'enabled' ? `Send ${event}` : `${event}: ${parts[part] ?? part}`
  }
  if (group === 'internalRecipients') return `Internal recipient ${Number(member) + 1}, ${parts[part] ?? part}`
  return names[group] ?? path
}

/** A value of a field as one reads it in the history. */
export function valueInWords(path: string, value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (path === 'confirmation.policy') return policies[value as keyof typeof policies] ?? String(value)
  if (path === 'businessDays' && Array.isArray(value)) return value.map((day) => weekdays[day - 1]).join(', ')
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((each) => valueInWords('', each)).join('; ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([key, each]) => `${key} ${Array.isArray(each) ? each.join(', ') : valueInWords('', each)}`)
    .join(', ')
}
