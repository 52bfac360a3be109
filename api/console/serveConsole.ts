import { join } from 'node:path'
import express, { Router } from 'express'
import { consolePage } from './consolePage'
import { driverPage } from './driverPage'

/** The console's own paths, as people see them in the address bar. Nothing of the API begins so. */
const clientRoutes = ['/', '/sign-in', '/set-password', '/companies', '/companies/*path']

/** The built console: its page under every client route, the driver's page, and their assets, whose names change with their content. */
export function serveConsole(folder: string): Router {
  const router = Router()
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }))
  router.get('/icon.svg', (_request, response) => response.sendFile(join(folder, 'icon.svg'), { maxAge: '1d' }))
  router.get('/d/worker.js', (_request, response) => response.sendFile(join(folder, 'driverWorker.js'), { maxAge: 0 }))
  router.get('/d/:token', driverPage(folder))
  router.get(clientRoutes, consolePage(folder))
  return router
}
