import { once } from 'node:events'
import type { Response } from 'express'
import type { Answer } from './endpoint'

/** Sends an answer piece by piece, no faster than it is taken; resolves when it is whole or the caller has gone. */
export async function sendStream(
  response: Response,
  { contentType, content, waitsForNews }: NonNullable<Answer['stream']>,
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  // Whoever asks for the head alone takes no more either.
  if (response.closed || response.req.method === 'HEAD') gone.abort()
  if (waitsForNews) response.locals.noLongerWork?.()
  // nginx would otherwise keep the pieces until it has enough of them.
  response.type(contentType).set('X-Accel-Buffering', 'no')
  response.flushHeaders()
  for await (const piece of content(gone.signal)) {
    if (gone.signal.aborted) break
    if (!response.write(piece)) await once(response, 'drain', { signal: gone.signal }).catch(() => {})
  }
  response.end()
}
