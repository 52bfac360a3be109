export interface Shortened {
  text: string
  shortened: boolean
}

/**
 * The text, or as many of its first words as fit into `limit` (UTF-16 units, as an SMS is counted). The cut is never
 * inside a time or a time range, a day, a number (with the spaces, dots, dashes and parentheses that a phone or
 * contract number may have) or a link; a separator or connector left dangling goes too, and nothing is added.
 * Words of scripts written without spaces are told apart by their dictionary. Where not even the first word fits the
 * result is empty, and must not be sent. Rule: "What is said".
 */
export function shorten(text: string, limit: number): Shortened {
  if (text.length <= limit) return { text, shortened: false }
  // Nothing far beyond the limit matters, and a field may be very long.
  const head = text.slice(0, limit + 80)
  const wholes = unbreakable.flatMap((pattern) => [...head.matchAll(pattern)])
  const cut = wordEnds(head)
    .filter((end) => end <= limit)
    .findLast((end) => !wholes.some(({ index, 0: whole }) => index < end && end < index + whole.length))
  return { text: withoutDangling(head.slice(0, cut ?? 0)), shortened: true }
}

const time = String.raw`(?:\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)`
const weekday = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*'
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'

/** What has spaces inside and must stay whole. A link has none, so a cut between words cannot fall into it. */
const unbreakable = [
  // 12:30 PM - 1:30 PM
  new RegExp(String.raw`${time}(?:\s?(?:-|–|to|and|until)\s?${time})?`, 'giu'),
  // Wed, Dec 2
  new RegExp(String.raw`(?:${weekday},?\s)?${month}\s\d{1,2}\b`, 'giu'),
  // +1 (512) 555-0100, 512 / 555 0100, C-10 482, PO 4471
  /(?:\b[A-Z]{1,4}\s)?[^\s\p{Lo}]*[\d)](?:\s(?:[-–/]\s)?[(+]?\d[\d().\-–/]*)*/gu,
]

const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u3001\u3002]/u

/** Where a word ends: before each space, and between two words of a script without spaces. */
function wordEnds(text: string): number[] {
  const words = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(text)]
  return words
    .filter(
      ({ segment }, next) =>
        /^\s/.test(segment) || (unspaced.test(segment) && unspaced.test(words[next - 1]?.segment ?? '')),
    )
    .map(({ index }) => index)
}

const connectors = 'a|an|and|at|between|but|by|for|from|in|is|no|of|on|or|our|ref|the|to|until|with|your'
const dangling = new RegExp(String.raw`(?:[\s,;:(、]+|(?:^|\s)(?:[-–—/|&+#]+|(?:${connectors})\.?))$`, 'iu')

function withoutDangling(text: string): string {
  const shorter = text.replace(dangling, '')
  return shorter === text ? text : withoutDangling(shorter)
}
