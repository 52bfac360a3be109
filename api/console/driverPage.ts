import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestHandler } from 'express'

/** Everything from here alone. Unlike the console's, this page adds no styles, so that it can be kept for the road. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page behind a driver's link. It is the same for every link: its own address tells it which. */
export function driverPage(folder: string): RequestHandler {
  const html = readFileSync(join(folder, 'driver.html'), 'utf8').replace(
    / nonce="CSP_NONCE"|<meta property="csp-nonce"[^>]*>/g,
    '',
  )
  return function sendDriverPage(_request, response) {
    response.locals.route = '/d/{token}'
    response
      .set('Content-Security-Policy', policy)
      .set('Cache-Control', 'no-store')
      // A link is a secret: it goes into no search index, and no page that is opened from here hears of it.
      .set('X-Robots-Tag', 'noindex')
      .set('Referrer-Policy', 'no-referrer')
      .type('html')
      .send(html)
  }
}
