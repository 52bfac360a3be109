import { FaultList } from '../faultList'
import { listen } from '../listen'
import { Recorder } from '../recorder'
import { standInApp } from '../standInApp'
import { type SmtpFault, type SmtpFaultInput, smtpFault } from './faults'
import type { ReceivedMail } from './mail'
import { type MailRequest, smtpServer } from './smtpServer'

export interface SmtpStandInOptions {
  /** For SMTP; a free one when left out. */
  port?: number
  /** For the page; a free one when left out. */
  pagePort?: number
  /** A line for each mail. */
  log?: (line: string) => void
}

export interface SmtpStandIn {
  host: string
  port: number
  /** smtp://host:port */
  url: string
  /** Of the page that shows what was received. */
  pageUrl: string
  /** The mails that were taken, oldest first; those with one Message-ID are one mail with several deliveries. */
  readonly mails: readonly ReceivedMail[]
  /** Every mail that somebody tried to send, the refused and dropped ones too. */
  readonly requests: readonly MailRequest[]
  /** Waits for a mail that was taken. Default 10 s; see `Recorder.waitFor`. */
  waitFor(matches: (mail: ReceivedMail) => boolean, timeoutMs?: number): Promise<ReceivedMail>
  /** Waits for an attempt, whatever became of it. */
  waitForRequest(matches: (request: MailRequest) => boolean, timeoutMs?: number): Promise<MailRequest>
  /** Shows a fault from now on. Another process does it with `POST /_stand-in/faults` on the page's port. */
  fault(fault: SmtpFaultInput): void
  clearFaults(): void
  /** Forgets what was received. */
  clear(): void
  stop(): Promise<void>
}

const host = '127.0.0.1'

/**
 * A mail server on 127.0.0.1 that takes every mail, keeps it parsed, and shows what it received on a page of its own. No
 * TLS; any credentials will do. Shows faults when it is told to.
 *
 * @throws Error when a port is in use
 */
export async function startSmtpStandIn(options: SmtpStandInOptions = {}): Promise<SmtpStandIn> {
  const { port = 0, pagePort, log = () => {} } = options
  const mails = new Recorder<ReceivedMail>(
    'mail',
    ({ envelope, subject }) => `to ${envelope.to.join(', ')}: ${subject}`,
  )
  const requests = new Recorder<MailRequest>('attempt', ({ to, outcome }) => `to ${to.join(', ')}, ${outcome}`)
  const faults = new FaultList<SmtpFault>()
  const clear = () => {
    mails.clear()
    requests.clear()
  }
  const app = standInApp({
    page: () => ({
      title: 'Emails (SMTP stand-in)',
      intro: 'Emails that would have gone out by SMTP.',
      columns: ['Received', 'To', 'Subject', 'Deliveries', 'Text'],
      rows: mails.all.toReversed().map((mail) => {
        const received = new Date(mail.receivedAt).toISOString()
        return [received, mail.envelope.to.join(', '), mail.subject, String(mail.deliveries), mail.text || mail.html]
      }),
    }),
    messages: () => mails.all,
    requests: () => requests.all,
    clear,
    faultForm: smtpFault,
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
  })
  const page = await listen("The SMTP stand-in's page", app, pagePort)
  const smtp = smtpServer({ mails, requests, faults, log })
  const smtpPort = await new Promise<number>((resolve, reject) => {
    smtp.server.once('error', reject)
    smtp.server.listen(port, host, () => {
      const address = smtp.server.server.address()
      resolve(address && typeof address === 'object' ? address.port : port)
    })
  }).catch(async (error: Error) => {
    await page.stop()
    throw new Error(
      `The SMTP stand-in cannot listen on ${host}:${port}: ${error.message}. Free the port or give another.`,
    )
  })

  return {
    host,
    port: smtpPort,
    url: `smtp://${host}:${smtpPort}`,
    pageUrl: page.url,
    get mails() {
      return mails.all
    },
    get requests() {
      return requests.all
    },
    waitFor: (matches, timeoutMs) => mails.waitFor(matches, timeoutMs),
    waitForRequest: (matches, timeoutMs) => requests.waitFor(matches, timeoutMs),
    fault: (fault) => faults.add(smtpFault.parse(fault)),
    clearFaults: () => faults.clear(),
    clear,
    stop: async () => {
      await Promise.all([page.stop(), smtp.stop()])
    },
  }
}
