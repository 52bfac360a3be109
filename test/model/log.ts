import type { Channel, Event } from '../../domain/words'
import type { Outcome } from './history'
import { addressOf } from './people'
import type { Window } from './rules'

/** One notification in the model: waiting while `result` is empty. */
export interface Entry extends Outcome {
  internal: boolean
  contracts: string[]
  /** The route's confirmation in which it was last looked at. */
  confirmation: number
  /** When it was last looked at. */
  decidedAt: number
  /** Its place among everything that ended or went out. */
  order: number
  /** The plan did not call for it any more: it may be owed again. */
  withdrawn: boolean
  /** Only the quiet hours made it too late. */
  byQuietHours: boolean
}

/** Reasons of the text channel: the email that is only for when a text fails may still go. */
const ofTextChannel = ['sms_off', 'channel_not_configured', 'opted_out', 'quiet_hours']

export class Log {
  private readonly byStop = new Map<string | null, Entry[]>()
  private count = 0

  get entries(): Entry[] {
    return [...this.byStop.values()].flat()
  }

  at(stopId: string | null): Entry[] {
    return this.byStop.get(stopId) ?? []
  }

  open(entry: Omit<Entry, 'order' | 'result' | 'at' | 'text' | 'withdrawn' | 'byQuietHours'>): Entry {
    const opened = { ...entry, order: 0, result: '', at: null, text: null, withdrawn: false, byQuietHours: false }
    this.byStop.set(entry.stopId, [...this.at(entry.stopId), opened])
    return opened
  }

  end(entry: Entry, result: string): void {
    this.count += 1
    entry.order = this.count
    entry.result = result
  }

  of(stopId: string | null, event: Event, person: { channel: Channel; address: string }): Entry[] {
    return this.at(stopId).filter((entry) => entry.event === event && isSame(entry, person))
  }

  /** What those of whom `isOne` holds were last told of a stop: a window, or nothing. */
  told(stopId: string, isOne: (entry: Entry) => boolean): { window: Window; order: number } | null {
    const last = this.at(stopId)
      .filter(({ event }) => event === 'confirmed' || event === 'updated' || event === 'cancelled')
      .filter((entry) => entry.result === 'sent' && isOne(entry))
      .sort((a, b) => a.order - b.order)
      .at(-1)
    if (last === undefined || last.event === 'cancelled' || last.window === null) return null
    return { window: last.window, order: last.order }
  }

  /** Whether every text of the event to these addresses ended without reaching anybody. */
  textsFailed(stopId: string, event: Event, addresses: string[]): boolean {
    const texts = [...new Set(addresses)]
    const latest = texts.flatMap((address) =>
      this.at(stopId)
        .filter((entry) => entry.event === event && addressOf(entry) === address)
        .slice(-1),
    )
    return texts.length > 0 && latest.length === texts.length && latest.every(textFailed)
  }
}

function isSame(one: { channel: Channel; address: string }, other: { channel: Channel; address: string }): boolean {
  return one.channel === other.channel && one.address === other.address
}

function textFailed({ result, byQuietHours }: Entry): boolean {
  return result.startsWith('failed') || ofTextChannel.includes(result) || (result === 'stale' && byQuietHours)
}
