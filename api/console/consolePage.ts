import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestHandler } from 'express'

/**
 * The console's one page, from which its client routes are drawn. What it may do is held by its policy: scripts from here
 * alone and none inline; style sheets from here, and those that its components add under the nonce of this very answer.
 */
export function consolePage(folder: string): RequestHandler {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  return function sendConsolePage(_request, response) {
    response.locals.route = '/'
    const nonce = randomBytes(16).toString('base64')
    response
      .set('Content-Security-Policy', policyWith(nonce))
      // The page names the assets of one build, and carries a nonce of one answer.
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(html.replaceAll('CSP_NONCE', nonce))
  }
}

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
