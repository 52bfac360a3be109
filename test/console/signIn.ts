import type { Page } from 'playwright-core'
import type { System } from '../../dev/startSystem'

/** Whoever signs in, unless a test is about others. */
export const dispatcher = {
  email: 'dana@acme.example',
  name: 'Dana Dispatcher',
  role: 'admin',
  password: 'a password of the tests',
}

/** Fills the sign-in page that is open. */
export async function fillSignIn(page: Page, { email, password } = dispatcher): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('banner').waitFor()
}

/** Signs in on the page that is open, and goes to a page of the company: its path under `/companies/{companyId}`. */
export async function signIn(page: Page, { url }: System, companyId: string, path = '/routes'): Promise<void> {
  await fillSignIn(page)
  await page.goto(`${url}/companies/${companyId}${path}`)
}
