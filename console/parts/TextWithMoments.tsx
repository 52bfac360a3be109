import { Moment } from './Moment'

const instants = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/

/** Moments in the API's sentences are instants; people read them on the company's clock. */
export function TextWithMoments({ text }: { text: string }) {
  return (
    <span>{text.split(instants).map((part) => (instants.test(part) ? <Moment key={part} at={part} /> : part))}</span>
  )
}
