import { createCaller } from '../../dev/caller'
import { useConsole } from './useConsole'

const console = useConsole()

beforeAll(async () => {
  const { call } = createCaller(console.system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
})

test('a page that hears nothing says so and since when, and catches up by itself when the server is back', async () => {
  const page = await console.openSignedIn('/companies/acme/routes')
  await page.getByText('No route on this day').waitFor()
  await page.context().setOffline(true)
  await page.getByText(/^Connection lost\. What you see is as of \d+:\d\d [AP]M/).waitFor()

  await createCaller(console.system).put('acme', '/routes/north', {
    name: 'North',
    serviceDate: new Date().toISOString().slice(0, 10),
    stops: [],
  })
  await page.context().setOffline(false)
  await page.getByRole('listitem', { name: 'Route North' }).waitFor()
  await page.getByText('Connection lost.').waitFor({ state: 'detached' })
})
