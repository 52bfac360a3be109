import { consentOfText } from '../../api/webhooks/optOutWords'

test.each([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPT OUT',
  'OPTOUT',
  'opt-out',
  ' Stop. ',
])('a text of %j alone opts the number out', (text) => {
  expect(consentOfText(text, undefined)).toBe('revoked')
})

test.each(['START', 'YES', 'UNSTOP', 'start', 'Yes!'])('a text of %j alone opts the number in again', (text) => {
  expect(consentOfText(text, undefined)).toBe('granted')
})

test.each(['HELP', 'INFO', 'help', 'Stop please', 'please start', 'stop it', 'yesterday', '', '🛑'])(
  'a text of %j decides nothing',
  (text) => {
    expect(consentOfText(text, undefined)).toBeNull()
  },
)

test('what Twilio has made of a text counts, whatever its words: a company may have words of its own there', () => {
  expect(consentOfText('ALTO', 'STOP')).toBe('revoked')
  expect(consentOfText('HOLA', 'START')).toBe('granted')
  expect(consentOfText('STOP', 'HELP')).toBeNull()
})
