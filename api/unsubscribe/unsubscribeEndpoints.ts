import { z } from 'zod'
import { getCompany } from '../../db/companies'
import { optedOut, recordConsent } from '../../db/consents'
import { readUnsubscribeToken, type Unsubscriber } from '../../integrations/secrets/unsubscribeLink'
import type { ApiParts } from '../apiParts'
import { defineEndpoint } from '../http/endpoint'
import { type PageOwner, resubscribeField, unknownLinkPage, unsubscribeField, unsubscribePage } from './unsubscribePage'

const path = '/u/{token}'
const tag = 'Unsubscribing'
const params = z.object({ token: z.string().meta({ description: 'As it is in the email.' }) })
/** Whatever a mail program or a proxy adds. */
const query = z.object({})
const unknown = { 404: { description: 'A page that says that the link does not work.' } }

export const unsubscribeEndpoints = [
  defineEndpoint({
    method: 'get',
    path,
    tag,
    summary: 'The page of an unsubscribe link',
    description: 'It changes nothing: programs that scan mails follow links. Its button does.',
    access: 'anybody',
    params,
    query,
    answers: { 200: { description: 'An HTML page with a button.' }, ...unknown },
    async handle({ params: { token } }, api) {
      const link = await openLink(token, api)
      if (link === null) return unknownLinkPage()
      return unsubscribePage(200, (await isOut(api, link)) ? 'unsubscribed' : 'ask', link)
    },
  }),
  defineEndpoint({
    method: 'post',
    path,
    tag,
    summary: 'Unsubscribe with one click',
    description:
      'As mail programs do it (RFC 8058), with `List-Unsubscribe=One-Click`: the company sends no more emails to the address. `resubscribe=yes` takes it back. May be repeated.',
    access: 'anybody',
    params,
    query,
    bodyAs: 'form',
    documentedBody: z.object({
      [unsubscribeField.name]: z.literal(unsubscribeField.value).optional(),
      [resubscribeField.name]: z.literal(resubscribeField.value).optional(),
    }),
    answers: {
      200: { description: 'Done: an HTML page that offers to take it back.' },
      400: { description: 'Neither was asked for: the page with its button.' },
      ...unknown,
    },
    async handle({ params: { token }, rawBody, header }, api) {
      const link = await openLink(token, api)
      if (link === null) return unknownLinkPage()
      const form = await formOf(rawBody, header('content-type'))
      const out = await isOut(api, link)
      if (form.get(unsubscribeField.name) === unsubscribeField.value) {
        if (!out) await record(api, link, 'revoked')
        return unsubscribePage(200, 'unsubscribed', link)
      }
      if (form.get(resubscribeField.name) === resubscribeField.value) {
        if (out) await record(api, link, 'granted')
        return unsubscribePage(200, 'resubscribed', link)
      }
      return unsubscribePage(400, out ? 'unsubscribed' : 'ask', link)
    },
  }),
]

type Link = Unsubscriber & PageOwner

/** Whom a link is for; null when nobody has made it, or its company is no more. */
async function openLink(token: string, { db, config }: ApiParts): Promise<Link | null> {
  const unsubscriber = readUnsubscribeToken(token, config.encryptionKeys)
  const company = unsubscriber && (await getCompany(db, unsubscriber.companyId))
  return unsubscriber && company && { ...unsubscriber, company: company.name }
}

async function isOut({ db }: ApiParts, { companyId, address }: Link): Promise<boolean> {
  return (await optedOut(db, companyId, [{ channel: 'email', address }])).size > 0
}

async function record({ db }: ApiParts, { companyId, address }: Link, action: 'granted' | 'revoked'): Promise<void> {
  await recordConsent(db, { companyId, channel: 'email', address, action, source: 'unsubscribe_link' })
}

/** Mail programs may send either kind of form (RFC 8058); what is none asks for nothing. */
async function formOf(body: Buffer, contentType = ''): Promise<FormData> {
  const request = new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } })
  return request.formData().catch(() => new FormData())
}
