import type { Page } from 'playwright-core'
import { createCaller } from '../../dev/caller'
import { signIn } from './signIn'
import { accessibilityProblems, useConsole } from './useConsole'

const console = useConsole()

beforeAll(async () => {
  const { call } = createCaller(console.system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
})

async function openTask(): Promise<Page> {
  const page = await console.open('/')
  await signIn(page, console.system, 'acme', '/task')
  await page.getByRole('heading', { name: 'Task' }).waitFor()
  await page.getByText('Dispatch notification', { exact: true }).waitFor()
  return page
}

const fact = (page: Page, name: string) => page.getByRole('term').filter({ hasText: name }).locator('..')

test('the task is run, edited, deactivated and activated', async () => {
  const page = await openTask()
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.getByText('The task runs now.').waitFor()
  await fact(page, 'Last run').locator('time').waitFor({ timeout: 30_000 })

  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Interval in minutes').fill('0')
  await dialog.getByRole('button', { name: 'OK' }).click()
  await dialog.getByText(/Too small|at least 1|>=1/).waitFor()
  expect(await dialog.getByLabel('Interval in minutes').getAttribute('aria-invalid')).toBe('true')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByLabel('Interval in minutes').fill('7')
  await dialog.getByLabel('Description').fill('Looks after the routes')
  await dialog.getByRole('button', { name: 'OK' }).click()
  await page.getByText('Every 7 minutes', { exact: true }).waitFor()
  await page.getByText('Looks after the routes').waitFor()

  await page.getByRole('button', { name: 'Deactivate' }).click()
  await page
    .getByRole('status')
    .getByText('The task is inactive: routes that lose their workflow stay silent')
    .waitFor()
  await page.getByText(/^.Red$/).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Activate', exact: true }).click()
  await page.getByText(/^.Green$/).waitFor()
  const moment = fact(page, 'Next run').locator('time')
  expect(await moment.getAttribute('title')).toContain('UTC')
})
