/** Twilio's words, and those that the FCC adds. */
const stopWords = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPT OUT', 'OPTOUT'])
const startWords = new Set(['START', 'YES', 'UNSTOP'])

/**
 * What a customer's text decides: `revoked` for a STOP, `granted` for a START, null for anything else. As with Twilio the
 * word is the whole text, in any case; "Stop please" is a conversation. `optOutType` is what Twilio itself has made of it.
 */
export function consentOfText(text: string, optOutType: string | undefined): 'granted' | 'revoked' | null {
  const word = (optOutType ?? text)
    .toUpperCase()
    .replace(/[.!"']/g, ' ')
    .replace(/[\s-]+/g, ' ')
    .trim()
  if (stopWords.has(word)) return 'revoked'
  return startWords.has(word) ? 'granted' : null
}
