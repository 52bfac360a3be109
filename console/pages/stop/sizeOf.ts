import { SegmentedMessage } from 'sms-segments-calculator'
import { count } from '../../parts/words'

/** `84 characters, 1 segment, GSM-7`: what a text costs, as Twilio counts it. */
export function sizeOf(text: string): string {
  const { numberOfCharacters, segmentsCount, encodingName } = new SegmentedMessage(text)
  return `${count(numberOfCharacters, 'character')}, ${count(segmentsCount, 'segment')}, ${encodingName}`
}
