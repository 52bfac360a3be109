import express, { type Express } from 'express'
import helmet from 'helmet'
import swaggerUi from 'swagger-ui-express'
import { ApiProblem } from '../domain/errors'
import type { ApiParts } from './apiParts'
import { serveConsole } from './console/serveConsole'
import { endpoints } from './endpoints'
import { mountEndpoints } from './http/mountEndpoints'
import { openApiDocument } from './http/openApiDocument'
import { requestId } from './http/requestId'
import { requestLog } from './http/requestLog'
import { sendProblem } from './http/sendProblem'
import { shedLoad } from './http/shedLoad'
import { createGuard } from './limits/guard'
import { createMetrics } from './metrics/metrics'

/** The whole API as an express application. It listens nowhere and reads no environment: `main.ts` and tests do. */
export function createApp(api: ApiParts): Express {
  const document = openApiDocument(endpoints, api.config.publicUrl)
  const metrics = createMetrics(api.db)
  const app = express()
  app.set('trust proxy', api.config.trustProxy)
  // An ETag is a version of the settings here, not a hash of whatever was sent.
  app.set('etag', false)
  app.use(metrics.observe)
  app.use(requestId)
  // upgrade-insecure-requests would keep /docs from loading on a plain http address that is not localhost.
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }))
  app.use(requestLog(api.log))
  app.get('/metrics', metrics.serve)
  app.get('/openapi.json', (_request, response) => {
    response.json(document)
  })
  app.use('/docs', swaggerUi.serve, swaggerUi.setup(document))
  app.use('/v1', shedLoad(), (_request, response, next) => {
    // The Date is that of the clock that decides, which in a rehearsal is days ahead; the console goes by it.
    response.set({ 'Cache-Control': 'no-store', Date: new Date(api.clock()).toUTCString() })
    next()
  })
  if (api.consoleFolder !== undefined && api.consoleFolder !== null) app.use(serveConsole(api.consoleFolder))
  app.use(mountEndpoints(endpoints, api, createGuard(api, metrics)))
  app.use((request) => {
    throw new ApiProblem('not_found', `There is nothing at ${request.path}; /openapi.json lists what there is.`)
  })
  app.use(sendProblem)
  return app
}
