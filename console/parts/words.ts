import type { Shown } from '../client/api'
import type { Tone } from './statusWords'

type Event = Shown['Notification']['event']

/** What a message is about, as a heading. */
export const eventWords: Record<Event, string> = {
  confirmed: 'Confirmation',
  arrived: 'Arrival',
  departed: 'Departure',
  updated: 'New time',
  cancelled: 'Cancellation',
}

export const channelWords: Record<Shown['Notification']['channel'], string> = { sms: 'Text', email: 'Email' }

/** The channels as somebody chooses one. */
export const channelChoices = Object.entries(channelWords).map(([value, label]) => ({ value, label }))

/** How people call the vendors of GPS devices. */
export const vendorWords: Record<Shown['Integration']['vendor'], string> = {
  samsara: 'Samsara',
  traccar: 'Traccar',
  generic: 'Generic webhook',
}

export const routeStatusWords: Record<Shown['Route']['status'], { text: string; tone: Tone }> = {
  planned: { text: 'Planned', tone: 'quiet' },
  confirmed: { text: 'Confirmed', tone: 'waiting' },
  in_progress: { text: 'In progress', tone: 'good' },
  completed: { text: 'Completed', tone: 'quiet' },
  cancelled: { text: 'Cancelled', tone: 'quiet' },
}

export const stopStatusWords: Record<Shown['Stop']['status'], { text: string; tone: Tone }> = {
  pending: { text: 'Pending', tone: 'quiet' },
  arrived: { text: 'Arrived', tone: 'good' },
  departed: { text: 'Departed', tone: 'good' },
  skipped: { text: 'Skipped', tone: 'warning' },
  cancelled: { text: 'Cancelled', tone: 'quiet' },
}

/** `1 stop`, `2 stops` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
