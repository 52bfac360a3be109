import { createHash } from 'node:crypto'
import express, { type Request, type RequestHandler } from 'express'
import { ApiProblem } from '../../domain/errors'
import type { Endpoint } from './endpoint'

const oneMebibyte = 1_048_576

/** Of a JSON body: sha256 over its bytes, by which a repeated Idempotency-Key is compared. */
const bodyHashes = new WeakMap<object, Buffer>()

/** The hash of the body that came with `request`; of nothing, if none did. */
export function bodyHashOf(request: Request): Buffer {
  return bodyHashes.get(request) ?? createHash('sha256').digest()
}

const json = express.json({
  limit: oneMebibyte,
  // Not only objects and lists: `5` is JSON, and the schema says better what is wrong with it.
  strict: false,
  type: ['application/json', 'application/*+json'],
  verify: (request, _response, bytes) => {
    bodyHashes.set(request, createHash('sha256').update(bytes).digest())
  },
})
const raw = express.raw({ limit: oneMebibyte, type: () => true })

/** Reads the body as the endpoint wants it: only after the caller is known, so strangers cannot make us parse. */
export function readBody(endpoint: Endpoint): RequestHandler {
  if (endpoint.method === 'get') return (_request, _response, next) => next()
  if (endpoint.bodyAs === 'raw' || endpoint.bodyAs === 'form') return raw
  return (request, response, next) => {
    const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0
    if (hasBody && !request.is(['application/json', 'application/*+json'])) {
      const given = request.headers['content-type']
      throw new ApiProblem(
        'unsupported_media_type',
        `The Content-Type is ${given === undefined ? 'missing' : JSON.stringify(given)}; send the body as application/json.`,
      )
    }
    json(request, response, next)
  }
}
