import { SegmentedMessage } from 'sms-segments-calculator'
import type { EventSettings } from '../settings'
import type { Channel } from '../words'
import { fillIn } from './fillIn'
import { htmlOf } from './html'
import { oneLine, paragraphs } from './plainText'
import { shorten } from './shorten'
import type { SpecialFields } from './specialFields'

export interface RenderedSms {
  channel: 'sms'
  /** Empty when the template came to nothing; such a text must not be sent. */
  text: string
  /** Whether words were left out to keep the limit. */
  shortened: boolean
  /** UTF-16 units, as the limit counts them. */
  characters: number
  segments: number
  encoding: 'GSM-7' | 'UCS-2'
}

export interface RenderedEmail {
  channel: 'email'
  subject: string
  text: string
  html: string
  shortened: false
}

export interface MessageInput {
  templates: Pick<EventSettings, 'sms' | 'emailSubject' | 'emailBody'>
  channel: Channel
  fields: SpecialFields
  /** Of a text, in UTF-16 units: `sms.characterLimit`. */
  characterLimit: number
}

/**
 * What a recipient reads. A text and a subject are one line each; a body keeps its template's lines. Field values are
 * plain text everywhere: no line break, Liquid or markup in them survives. Rule: "What is said".
 * Throws LiquidJS's error for a template that `checkTemplate` refuses.
 */
export function renderMessage({
  templates,
  channel,
  fields,
  characterLimit,
}: MessageInput): RenderedSms | RenderedEmail {
  return channel === 'sms' ? renderSms(templates.sms, fields, characterLimit) : renderEmail(templates, fields)
}

export function renderSms(template: string, fields: SpecialFields, characterLimit: number): RenderedSms {
  const { text, shortened } = shorten(oneLine(fillIn(template, fields)), characterLimit)
  return { channel: 'sms', text, shortened, characters: text.length, ...segmentsOf(text) }
}

/** What the carrier makes of a text, and what is paid for. */
export function segmentsOf(text: string): Pick<RenderedSms, 'segments' | 'encoding'> {
  const { segmentsCount, encodingName } = new SegmentedMessage(text)
  return { segments: segmentsCount, encoding: encodingName }
}

function renderEmail(templates: MessageInput['templates'], fields: SpecialFields): RenderedEmail {
  const text = paragraphs(fillIn(templates.emailBody, fields))
  return {
    channel: 'email',
    subject: oneLine(fillIn(templates.emailSubject, fields)),
    text,
    html: htmlOf(text),
    shortened: false,
  }
}
