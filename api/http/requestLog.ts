import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import { loggedError } from '../../domain/loggedError'

/**
 * One line a request, chosen field by field: no body, no header (keys, signatures) and no query (addresses of
 * recipients) can get into the log.
 */
export function requestLog(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (request) => request.id,
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId', responseTime: 'milliseconds' },
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({ method, path: pathOf(url) }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
      // pino-http hands on what pino has made of an error already.
      err: (serialized: { raw?: unknown }) => loggedError(serialized.raw ?? serialized),
    },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    // The error handler has logged the cause already; here it would come without one.
    customErrorObject: (_request, _response, _error, value) => ({ ...value, err: undefined }),
    autoLogging: { ignore: ({ url = '' }) => ['/healthz', '/readyz', '/metrics'].includes(url) },
  })
}

/** Without the query, and without the token of an unsubscribe link or a driver's: whoever has it may use it. */
function pathOf(url: string): string | undefined {
  return url.split('?', 1)[0]?.replace(/^\/(u|d)\/.*/, '/$1/***')
}
