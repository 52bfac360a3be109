import { saveOperator } from '../../api/operators/saveOperator'
import { createCaller } from '../../dev/caller'
import { accessibilityProblems, useConsole } from './useConsole'

const console = useConsole()

beforeAll(async () => {
  const { call, put } = createCaller(console.system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  await put('acme', '/settings', { timeZone: 'America/Chicago' })
})

test('who comes back from the company’s provider without a session is told why', async () => {
  const page = await console.open('/?sign-in=unknown')
  expect(await page.getByRole('alert').textContent()).toContain('Ask an admin to add you')
  expect(await accessibilityProblems(page)).toEqual([])
  expect(await page.getByRole('link', { name: /company account/ }).count()).toBe(0)
})

test('the company’s provider is offered where one is configured', async () => {
  const page = await console.open('/set-password')
  await page.route('**/v1/session/options', (route) => route.fulfill({ json: { password: true, oidc: true } }))
  await page.goto(new URL('/', page.url()).href)
  const link = page.getByRole('link', { name: 'Sign in with your company account' })
  expect(await link.getAttribute('href')).toBe('/v1/session/oidc')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the frame names the company and its zone, and tells the time there', async () => {
  const page = await console.openSignedIn('/')
  await page.getByRole('heading', { name: 'Routes' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/companies/acme/routes')
  expect(await page.title()).toBe('Routes – Dispatch notifications')
  const header = page.getByRole('banner')
  expect(await header.textContent()).toContain('Acme Rentals')
  expect(await header.textContent()).toMatch(/\d:\d\d [AP]M America\/Chicago/)
})

test('a wrong password is answered on the page, and a right one opens the page that was asked for', async () => {
  const page = await console.open('/companies/acme/routes?day=2026-12-02')
  await page.getByLabel('Email').fill('dana@acme.example')
  await page.getByLabel('Password', { exact: true }).fill('a wrong password')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Password', { exact: true }).fill('a password of the tests')
  await page.keyboard.press('Enter')
  await page.getByText('Wed, Dec 2').waitFor()
})

test('whoever signs out is asked to sign in again, on every page that is open', async () => {
  const page = await console.openSignedIn('/companies/acme/routes')
  await page.getByRole('button', { name: /account and appearance/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
})

test('an operator of one company sees no other, and is told so in plain words', async () => {
  const { call } = createCaller(console.system)
  await call('PUT', '/companies/other', { name: 'Other Rentals' })
  const viewer = {
    email: 'vic@acme.example',
    name: 'Vic',
    role: 'viewer',
    companyId: 'acme',
    password: 'another password',
  }
  await saveOperator(console.system.db, viewer)
  const page = await console.open('/companies/other/routes')
  await page.getByLabel('Email').fill(viewer.email)
  await page.getByLabel('Password', { exact: true }).fill(viewer.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('Not found').waitFor()
})

test('an address that is no page leads back to the start', async () => {
  const page = await console.openSignedIn('/companies/acme/nothing')
  await page.getByRole('link', { name: 'Back to the start' }).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
})
