import { dateOf } from '../../domain/schedule/zonedTime'
import { events } from '../../domain/words'

export const companyId = 'chaos'
/** Its routes wait a minute after they are confirmed. */
export const patientCompanyId = 'chaos-patient'

/** A zone in which it is about noon, so that no window of today touches a midnight. */
export function zoneOfNoon(now: number): string {
  // The sign of these names is reversed: Etc/GMT-3 is three hours ahead.
  const ahead = 12 - new Date(now).getUTCHours()
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

export function todayIn(zone: string): string {
  return dateOf(Date.now(), zone)
}

/** Everything is told, and each message says in its first words what it is about (ledger.ts). */
export function settingsOf(timeZone: string, sameDayDelayMinutes: number) {
  const told = (event: string) => {
    const words = `${event} {{ route.name }} {{ contract.number }}`
    return { enabled: true, sms: words, emailSubject: words, emailBody: words }
  }
  return {
    customerNotifications: true,
    smsEnabled: true,
    quietHours: null,
    timeZone,
    events: Object.fromEntries(events.map((event) => [event, told(event)])),
    confirmation: { sameDayDelayMinutes },
    arrivals: { dwellSeconds: 0 },
    businessDays: [1, 2, 3, 4, 5, 6, 7],
  }
}
