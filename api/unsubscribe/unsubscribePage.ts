import { createHash } from 'node:crypto'
import { maskAddress } from '../../domain/addresses/maskAddress'
import { escapeHtml } from '../../domain/templates/html'
import type { Answer } from '../http/endpoint'

/** Whose page it is. */
export interface PageOwner {
  company: string
  address: string
}

/** What the page asks or tells. */
export type PageState = 'ask' | 'unsubscribed' | 'resubscribed'

/** The form of a button on the page: the fields that it posts. The first is what mail programs post too (RFC 8058). */
export const unsubscribeField = { name: 'List-Unsubscribe', value: 'One-Click' } as const
export const resubscribeField = { name: 'resubscribe', value: 'yes' } as const

const style = `
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 34rem; padding: 2rem 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
button { font: inherit; min-height: 3rem; padding: 0 1.5rem; border: 2px solid; border-radius: .5rem; cursor: pointer; }
button:focus-visible { outline: 3px solid; outline-offset: 3px; }
`

/** Nothing but this style and a form to where the page came from; and it is in nobody's frame. */
const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
}

/** The page of an unsubscribe link: works without script, and with any status it says what is so now. */
export function unsubscribePage(status: number, state: PageState, { company, address }: PageOwner): Answer {
  const who = escapeHtml(company)
  const you = escapeHtml(maskAddress(address))
  switch (state) {
    case 'ask':
      return page(status, `Emails from ${who}`, [
        `<p>${who} will no longer email ${you} about deliveries and pickups.</p>`,
        button(unsubscribeField, 'Unsubscribe'),
      ])
    case 'unsubscribed':
      return page(status, 'You are unsubscribed', [
        `<p>${who} sends no more emails about deliveries and pickups to ${you}.</p>`,
        '<p>That was a mistake?</p>',
        button(resubscribeField, 'Get emails again'),
      ])
    case 'resubscribed':
      return page(status, 'You get emails again', [
        `<p>${who} will email ${you} about deliveries and pickups.</p>`,
        button(unsubscribeField, 'Unsubscribe'),
      ])
  }
}

/** For a token that nobody has made. */
export function unknownLinkPage(): Answer {
  return page(404, 'This link does not work', [
    '<p>It may have been cut off. Please use the link in the email as it is, or ask the company that wrote to you to stop.</p>',
  ])
}

function button({ name, value }: { name: string; value: string }, label: string): string {
  return `<form method="post"><input type="hidden" name="${name}" value="${value}"><button type="submit">${label}</button></form>`
}

function page(status: number, heading: string, content: string[]): Answer {
  const lines = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${heading}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${heading}</h1>`,
    ...content,
    '</main>',
    '</body>',
    '</html>',
    '',
  ]
  return { status, headers, text: { contentType: 'text/html', content: lines.join('\n') } }
}
