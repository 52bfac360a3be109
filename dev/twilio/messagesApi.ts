import { timingSafeEqual } from 'node:crypto'
import express, { type RequestHandler, Router } from 'express'
import type { FaultList } from '../faultList'
import type { Recorder } from '../recorder'
import { refuse } from './errors'
import type { TwilioFault } from './faults'
import { listTexts } from './listTexts'
import { answersAsUsual, showFault, takesText } from './showFault'
import { messageResource, newText, type ReceivedText } from './text'
import { type MessageForm, parameter, refusalOf } from './validation'

/** One `POST Messages.json`, whatever became of it: two of them for one notification are a double send. */
export interface TextRequest {
  /** Milliseconds since 1970. */
  at: number
  to: string
  from: string
  body: string
  /** `accepted`, the code of a refusal, or the kind of the fault that it met instead. */
  outcome: string
  /** Of the text that was taken, if one was. */
  sid?: string
}

export interface MessagesApi {
  accountSid: string
  authToken: string
  texts: Recorder<ReceivedText>
  requests: Recorder<TextRequest>
  faults: FaultList<TwilioFault>
  /** Called for each list or fetch, whatever comes of it. */
  wasRead(): void
  /** Takes over a text that was accepted. */
  carry(text: ReceivedText, outcome: TwilioFault | undefined): void
}

function authenticate({ accountSid, authToken }: MessagesApi): RequestHandler {
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`)
  return (request, response, next) => {
    const given = Buffer.from(request.get('authorization') ?? '')
    if (given.length === expected.length && timingSafeEqual(given, expected)) next()
    else refuse(response.set('WWW-Authenticate', 'Basic realm="Twilio API"'), 20003)
  }
}

/** Twilio's Messages API (https://www.twilio.com/docs/messaging/api/message-resource): create, list, fetch, redact. */
export function messagesApi(api: MessagesApi): Router {
  const { accountSid, texts, requests, faults, wasRead, carry } = api
  const router = Router()
  const account = `/2010-04-01/Accounts/${accountSid}`
  router.use('/2010-04-01', authenticate(api))

  const faultOnRead: RequestHandler = async (request, response, next) => {
    wasRead()
    const { searchParams } = new URL(request.originalUrl, 'http://stand-in')
    const to = searchParams.get('To') ?? undefined
    const fault = faults.take((each) => each.on === 'read' && (each.to === undefined || each.to === to))
    if (!fault || !(await showFault(fault, response))) next()
  }

  router.post(`${account}/Messages.json`, express.urlencoded({ extended: false }), async (request, response) => {
    const form: MessageForm = request.body ?? {}
    const [to, from, body] = [parameter(form, 'To'), parameter(form, 'From'), parameter(form, 'Body')]
    const fault = faults.take((each) => each.on === 'create' && (each.to === undefined || each.to === to))
    const refusal = refusalOf(form)
    const text = refusal === undefined && takesText(fault) ? newText(accountSid, form) : undefined
    const outcome = fault && !answersAsUsual(fault) ? fault.kind : String(refusal ?? 'accepted')
    // Counted on arrival: the caller may have given up by the time of a late answer.
    requests.add({ at: Date.now(), to, from, body, outcome, ...(text ? { sid: text.sid } : {}) })
    if (text) {
      texts.add(text)
      carry(text, fault)
    }
    if (fault && (await showFault(fault, response))) return
    if (text) response.status(201).json(messageResource(text))
    else if (refusal !== undefined) refuse(response, refusal)
  })

  router.get(`${account}/Messages.json`, faultOnRead, (request, response) => {
    // Not request.query: it would read the "<" and ">" of DateSent< and DateSent> as something else.
    response.json(listTexts(texts.all, accountSid, new URL(request.originalUrl, 'http://stand-in').searchParams))
  })

  const find = (sid: string | undefined) => texts.all.find((text) => text.sid === sid)
  router.get(`${account}/Messages/:sid.json`, faultOnRead, (request, response) => {
    const text = find(String(request.params.sid))
    if (text) response.json(messageResource(text))
    else refuse(response, 20404)
  })

  router.post(`${account}/Messages/:sid.json`, express.urlencoded({ extended: false }), (request, response) => {
    const text = find(String(request.params.sid))
    if (!text) return refuse(response, 20404)
    if (parameter(request.body ?? {}, 'Body') !== '' || request.body?.Body === undefined) return refuse(response, 20001)
    text.body = ''
    text.updatedAt = Date.now()
    texts.changed()
    response.json(messageResource(text))
  })

  router.use('/2010-04-01', (_request, response) => refuse(response, 20404))
  return router
}
