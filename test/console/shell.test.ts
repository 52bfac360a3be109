import type { Page } from 'playwright-core'
import { createCaller } from '../../dev/caller'
import { accessibilityProblems, looks, scrollsSideways, useConsole } from './useConsole'

const console = useConsole()

beforeAll(async () => {
  const { call, put } = createCaller(console.system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  await put('acme', '/settings', { timeZone: 'America/Chicago' })
})

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('API key').fill(console.system.adminKey)
  await page.getByLabel('Company').fill('acme')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Routes' }).waitFor()
}

test.each(looks)('the sign-in page and the frame hold at $width px in the $scheme', async (look) => {
  const page = await console.open('/', look)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await signIn(page)
  expect(await accessibilityProblems(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  await page.screenshot({ path: `/tmp/shots/shell-${look.width}-${look.scheme}.png` })
})

test('the frame names the company and its zone, and tells the time there', async () => {
  const page = await console.open('/')
  await signIn(page)
  expect(await page.title()).toBe('Routes – Dispatch notifications')
  const header = page.getByRole('banner')
  expect(await header.textContent()).toContain('Acme Rentals')
  expect(await header.textContent()).toMatch(/\d:\d\d [AP]M America\/Chicago/)
})
