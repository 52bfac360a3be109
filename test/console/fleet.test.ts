import type { Page } from 'playwright-core'
import { saveOperator } from '../../api/operators/saveOperator'
import { type Caller, createCaller } from '../../dev/caller'
import { dispatcher } from './signIn'
import { accessibilityProblems, scrollsSideways, useConsole } from './useConsole'

const console = useConsole()
const contracts = 10_000
let caller: Caller
let page: Page
const read = (path: string) => caller.call('GET', `/companies/acme${path}`)

const ann = {
  customer: { name: 'Ann Smith' },
  fields: { gate: '12' },
  deliveryNotifications: [
    { method: 'sms', address: '+15125550100', events: ['confirmed'] },
    { method: 'email', address: 'ann@example.com', events: ['confirmed'], onlyIfTextFails: true },
  ],
}

beforeAll(async () => {
  caller = createCaller(console.system)
  const { call, put, confirm } = caller
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  await put('acme', '/settings', { timeZone: 'America/Chicago' })
  await put('acme', '/trucks/T1', { name: 'Red truck', device: { vendor: 'generic', deviceId: 'G1' } })
  await put('acme', '/trucks/T2', { name: 'Blue truck', device: null })
  await put('acme', '/contracts/A-1', ann)
  const consent = { address: '+15125550100', channel: 'sms', action: 'revoked', source: 'phone call' }
  await call('POST', '/companies/acme/consents', consent)
  const serviceDate = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Chicago' }).format(
    console.system.time.now(),
  )
  const scheduledAt = new Date(console.system.time.now()).toISOString()
  const stop = { stopId: 's1', kind: 'delivery', scheduledAt, address: '1 Main St', contracts: ['A-1'] }
  await put('acme', '/routes/R1', { name: 'North 2', serviceDate, truckId: 'T1', stops: [stop] })
  await confirm('acme', 'R1')
  await console.system.db.raw(
    `INSERT INTO contracts (company_id, number, customer_name)
     SELECT 'acme', 'M-' || lpad(n::text, 5, '0'), 'Customer ' || n FROM generate_series(1, ${contracts}) n`,
  )
  page = await console.openSignedIn('/companies/acme/task')
})

async function open(path: string): Promise<void> {
  await page.goto(`${console.system.url}/companies/acme${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const rowOf = (text: string) => page.getByRole('row').filter({ hasText: text })
const focused = () => page.locator(':focus')
const invalid = () => page.locator('[aria-invalid=true]')

test('a device is unlinked and linked, and one reads first what that means for the driver; a truck is added, over no other', async () => {
  await open('/trucks')
  const dialog = page.getByRole('dialog')
  await rowOf('Red truck').getByText('Silent on a route').waitFor()
  await rowOf('Red truck').getByRole('link', { name: 'North 2' }).waitFor()

  await page.getByRole('button', { name: 'Link a device to Blue truck' }).click()
  await dialog.getByLabel('Who says when it has arrived').selectOption('generic')
  await dialog.getByLabel('Device id').fill('G1')
  await dialog.getByText('Arrived and Departed buttons are hidden').waitFor()
  await dialog.getByText('Nothing will be heard of it yet').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'OK' }).click()
  await dialog.getByText('is linked to truck "T1"; unlink it there first').waitFor()
  await dialog.getByLabel('Device id').and(invalid()).waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('button', { name: 'Unlink the device of Red truck' }).click()
  await dialog.getByText('buttons come back, and they count').waitFor()
  await dialog.getByText('It holds at once, also for North 2').waitFor()
  expect(await read('/trucks/T1')).toMatchObject({ device: { deviceId: 'G1' } })
  await dialog.getByRole('button', { name: 'OK' }).click()
  await rowOf('Red truck').getByText('The driver reports').waitFor()
  expect(await read('/trucks/T1')).toMatchObject({ device: null })

  await page.getByRole('button', { name: 'Link a device to Blue truck' }).click()
  await dialog.getByLabel('Who says when it has arrived').selectOption('generic')
  await dialog.getByLabel('Device id').fill(' G1 ')
  await dialog.getByRole('button', { name: 'OK' }).click()
  await rowOf('Blue truck').getByText('Generic webhook G1').waitFor()
  await rowOf('Blue truck').getByText('Never heard of').waitFor()

  await page.getByRole('button', { name: 'Add a truck' }).click()
  await dialog.getByLabel('Truck id').fill('..')
  await dialog.getByLabel('Name').fill('Green truck')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.getByText('must be 1 to 64 of').waitFor()
  await dialog.getByLabel('Truck id').fill('T1')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.getByText('is that of another truck').waitFor()
  expect(await read('/trucks/T1')).toMatchObject({ name: 'Red truck' })
  await dialog.getByLabel('Truck id').fill('T3')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await rowOf('Green truck').getByText('The driver reports').waitFor()
  expect(await read('/trucks/T3')).toMatchObject({ name: 'Green truck', device: null })
})

test(`of ${contracts} contracts few rows are in the page, and one is found by its customer`, async () => {
  await open('/contracts')
  await page.getByText('100 contracts so far').waitFor()
  while (!(await page.locator('tr[aria-rowindex="500"]').isVisible()))
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
  expect(await page.locator('tr[data-row]').count()).toBeLessThan(100)

  await page.keyboard.press('/')
  await page.keyboard.type('customer 4711')
  await rowOf('M-04711').waitFor()
  await page.getByText('1 contract', { exact: true }).waitFor()
  expect(new URL(page.url()).search).toBe('?q=customer+4711')
  await page.reload()
  await rowOf('M-04711').getByText('Nobody').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Contract M-04711' }).waitFor()
  await page.getByText('None: nobody is told about this contract.').waitFor()
})

test('a contract is changed, with the API’s problems at their fields, and not over what others have saved', async () => {
  await open('/contracts/A-1')
  await page.getByText('Opted out').waitFor()
  const address = (name: string) => page.getByRole('group', { name }).getByLabel('Address')
  await page.getByRole('button', { name: 'Edit' }).click()
  await address('+15125550100').and(focused()).waitFor()
  await page.getByRole('button', { name: 'Remove +15125550100' }).click()
  await page.getByRole('button', { name: 'Add a recipient' }).and(focused()).click()
  await address('recipient 2').and(focused()).fill('12')
  await page.getByRole('button', { name: 'Add a field' }).click()
  await page.getByRole('group', { name: 'field 2' }).getByRole('textbox', { name: 'Field' }).fill('no name')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Save' }).click()
  await address('12').and(invalid()).waitFor()
  await page.getByRole('group', { name: 'no name' }).getByRole('textbox', { name: 'Field' }).and(invalid()).waitFor()
  await address('12').and(focused()).waitFor()
  expect(await read('/contracts/A-1')).toMatchObject({
    deliveryNotifications: [{ method: 'sms' }, { method: 'email' }],
  })

  await caller.put('acme', '/contracts/A-1', { ...ann, fields: { gate: '13' } })
  await address('12').fill('512 555 0177')
  await page.getByRole('group', { name: 'no name' }).getByRole('textbox', { name: 'Field' }).fill('po')
  await page.getByRole('group', { name: 'po' }).getByLabel('Value').fill('77')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Somebody else has changed this contract').waitFor()
  expect(await read('/contracts/A-1')).toMatchObject({ fields: { gate: '13' } })
  await page.getByRole('button', { name: 'Save mine over theirs' }).click()
  await page.getByText('Contract A-1 is saved.').waitFor()
  await page.getByRole('button', { name: 'Edit' }).and(focused()).waitFor()
  expect(await read('/contracts/A-1')).toMatchObject({
    fields: { gate: '12', po: '77' },
    deliveryNotifications: [
      { method: 'email', address: 'ann@example.com', onlyIfTextFails: true },
      { method: 'sms', address: '+15125550177', events: ['confirmed', 'arrived', 'departed'] },
    ],
  })
  await page.getByRole('link', { name: 'Messages' }).last().click()
  await page.waitForURL('**/messages?contractNumber=A-1')
})

test('a viewer reads masked contracts and finds nothing to change', async () => {
  const viewer = { ...dispatcher, email: 'vera@acme.example', role: 'viewer' }
  await saveOperator(console.system.db, { ...viewer, companyId: 'acme' })
  page = await console.openSignedIn('/', {}, viewer)
  for (const [path, text] of [
    ['/trucks', 'Red truck'],
    ['/contracts?q=A-1', 'A***'],
    ['/contracts/A-1', 'A***'],
  ] as const) {
    await page.goto(`${console.system.url}/companies/acme${path}`)
    await page.getByText(text).first().waitFor()
    expect(await page.content()).not.toContain('ann@example.com')
    expect(await page.getByRole('button', { name: /Edit|Add|link|Unlink/ }).count()).toBe(0)
    expect(await scrollsSideways(page)).toBe(false)
  }
})
