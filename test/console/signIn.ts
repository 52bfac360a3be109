import type { Page } from 'playwright-core'
import type { System } from '../../dev/startSystem'

/** Signs in on the page that is open, and goes to a page of the company: its path under `/companies/{companyId}`. */
export async function signIn(page: Page, { adminKey }: System, companyId: string, path = '/routes'): Promise<void> {
  await page.getByLabel('API key').fill(adminKey)
  await page.getByLabel('Company').fill(companyId)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Routes' }).waitFor()
  // Without loading the page anew, which would forget the key.
  await page.evaluate(`history.pushState(null, '', '/companies/${companyId}${path}')`)
}
