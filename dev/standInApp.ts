import express, { type Express } from 'express'
import type { ZodType } from 'zod'
import { pagePolicy, type StandInPage, standInPage } from './standInPage'

export interface StandInControls<F> {
  page(): StandInPage
  /** What `GET /_stand-in/messages` answers. */
  messages(): unknown
  /** What `GET /_stand-in/requests` answers: every attempt, the refused and dropped ones too. */
  requests(): unknown
  clear(): void
  /** The form of a fault in JSON. */
  faultForm: ZodType<F>
  fault(fault: F): void
  clearFaults(): void
}

/**
 * An express app with what every stand-in offers over HTTP besides its own protocol: the page at `/`, and for other
 * processes `GET|DELETE /_stand-in/messages`, `GET /_stand-in/requests` and `POST|DELETE /_stand-in/faults`.
 */
export function standInApp<F>(controls: StandInControls<F>): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/', (_request, response) => {
    response.set('content-security-policy', pagePolicy).type('html').send(standInPage(controls.page()))
  })
  app.get('/_stand-in/messages', (_request, response) => {
    response.json(controls.messages())
  })
  app.delete('/_stand-in/messages', (_request, response) => {
    controls.clear()
    response.status(204).end()
  })
  app.get('/_stand-in/requests', (_request, response) => {
    response.json(controls.requests())
  })
  app.post('/_stand-in/faults', express.json(), (request, response) => {
    const form = controls.faultForm.safeParse(request.body)
    if (!form.success) {
      const problems = form.error.issues.map(({ path, message }) => `${path.join('.') || 'the fault'}: ${message}`)
      response.status(422).json({ problems })
      return
    }
    controls.fault(form.data)
    response.status(204).end()
  })
  app.delete('/_stand-in/faults', (_request, response) => {
    controls.clearFaults()
    response.status(204).end()
  })
  return app
}
