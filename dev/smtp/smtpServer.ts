import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { FaultList } from '../faultList'
import type { Recorder } from '../recorder'
import type { SmtpFault } from './faults'
import { parseMail, type ReceivedMail } from './mail'

/** One mail that somebody tried to send, whatever became of it. */
export interface MailRequest {
  /** Milliseconds since 1970. */
  at: number
  to: string[]
  /** `accepted`, or the kind of the fault that it met. */
  outcome: 'accepted' | SmtpFault['kind']
  /** Known from DATA on. */
  messageId?: string
}

export interface SmtpParts {
  mails: Recorder<ReceivedMail>
  requests: Recorder<MailRequest>
  faults: FaultList<SmtpFault>
  /** A line for each mail that is taken. */
  log: (line: string) => void
}

function reply(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}

/** Like a mailbox: a mail with a Message-ID that is there already is that mail, delivered once more. */
function deliver(mails: Recorder<ReceivedMail>, mail: ReceivedMail): void {
  const known = mails.all.find(({ messageId }) => messageId !== '' && messageId === mail.messageId)
  if (known) {
    known.deliveries += 1
    mails.changed()
  } else mails.add(mail)
}

/** The SMTP side: takes mail from anybody for anybody, and shows the faults it was told to. */
export function smtpServer({ mails, requests, faults, log }: SmtpParts): { server: SMTPServer; stop(): Promise<void> } {
  const sockets = new Set<Socket>()
  const takeFault = (kinds: readonly SmtpFault['kind'][], to: readonly string[]) =>
    faults.take(
      (fault) => kinds.includes(fault.kind) && (!('to' in fault) || fault.to === undefined || to.includes(fault.to)),
    )
  const recipients = (session: SMTPServerSession) => session.envelope.rcptTo.map(({ address }) => address.toLowerCase())

  const server = new SMTPServer({
    authOptional: true,
    // Any name and password will do; the real relay checks them.
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    allowInsecureAuth: true,
    // It has no certificate that a client would trust.
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, done) {
      const fault = takeFault(['refuse_connection'], [])
      if (fault) requests.add({ at: Date.now(), to: [], outcome: fault.kind })
      done(fault ? reply(421, 'Too many connections, try again later') : null)
    },
    onRcptTo({ address }, _session, done) {
      const to = address.toLowerCase()
      const fault = takeFault(['refuse_recipient'], [to])
      if (fault?.kind !== 'refuse_recipient') return done()
      requests.add({ at: Date.now(), to: [to], outcome: fault.kind })
      done(reply(fault.code, fault.code === 550 ? 'No such mailbox' : 'Mailbox busy, try again later'))
    },
    onData(stream, session, done) {
      const to = recipients(session)
      const from = session.envelope.mailFrom
      const answer = (mail: ReceivedMail) => {
        const fault = takeFault(['refuse_data', 'drop_after_data', 'silent_after_data'], to)
        requests.add({ at: Date.now(), to, outcome: fault?.kind ?? 'accepted', messageId: mail.messageId })
        if (fault?.kind === 'refuse_data') {
          return done(reply(fault.code, fault.code === 554 ? 'Message refused' : 'Try again later'))
        }
        deliver(mails, mail)
        log(`SMTP stand-in: ${to.join(', ')}: ${mail.subject}`)
        if (fault?.kind === 'drop_after_data') {
          for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy()
        } else if (!fault) done(null, 'Message taken')
      }
      parseMail(stream, { from: from ? from.address : '', to }).then(answer, done)
    },
  })
  // A client that goes away in the middle is not our failure.
  server.on('error', () => {})
  server.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return {
    server,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
