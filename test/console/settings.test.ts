import type { Page } from 'playwright-core'
import { saveOperator } from '../../api/operators/saveOperator'
import { createCaller } from '../../dev/caller'
import { dispatcher, signIn } from './signIn'
import { accessibilityProblems, type Look, scrollsSideways, useConsole } from './useConsole'

const console = useConsole()

const company = 'acme'
const cutoff = 'Send next business day’s confirmation after'
/** In five days, so that the confirmation waits whatever day and time it is. */
const serviceDate = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
const on = { enabled: true }
const settings = {
  customerNotifications: true,
  smsEnabled: true,
  events: { confirmed: on, arrived: on },
  businessDays: [1, 2, 3, 4, 5, 6, 7],
  confirmation: { leadBusinessDays: 1 },
}

beforeAll(async () => {
  const { call, put, confirm } = createCaller(console.system)
  await call('PUT', `/companies/${company}`, { name: 'Acme Rentals', phone: '512-555-0100' })
  await put(company, '/settings', settings)
  await put(company, '/trucks/t14', { name: 'Truck 14', device: null })
  const stops = ['s1', 's2'].map((stopId, index) => ({
    ...{ stopId, kind: 'delivery', address: `${index + 1} Main St, Austin`, contracts: [`C-10${index}`] },
    scheduledAt: `${serviceDate}T13:00:00Z`,
  }))
  for (const { contracts } of stops)
    await put(company, `/contracts/${contracts[0]}`, {
      customer: { name: 'Ann Smith' },
      fields: { gate_code: '4711' },
      deliveryNotifications: [{ method: 'sms', address: '512-555-0101', events: ['confirmed', 'arrived'] }],
    })
  await put(company, '/routes/r1', { name: 'North 2', serviceDate, truckId: 't14', driver: { name: 'Mia' }, stops })
  await confirm(company, 'r1')
})

/** Each test begins with the same settings. */
beforeEach(() => createCaller(console.system).put(company, '/settings', settings))

async function openSettings(look?: Look): Promise<Page> {
  const page = await console.open('/', look)
  await signIn(page, console.system, company, '/settings')
  await page.getByRole('heading', { name: 'Customer Notifications' }).waitFor()
  await page.getByText('characters ·').waitFor()
  return page
}

const ok = (page: Page) => page.getByRole('button', { name: 'OK', exact: true })
const text = (page: Page) => page.getByLabel('Route Confirmed: text message', { exact: true })

test('the fields’ menu, a problem, the effect and the history hold on a small dark screen', async () => {
  const page = await openSettings({ width: 360, scheme: 'dark' })
  await text(page).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /driver.name/ }).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.keyboard.press('Escape')

  await page.getByLabel(cutoff).fill('17:00')
  await page.getByLabel('SMS character limit').fill('5')
  await page.getByText('One field needs attention').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByLabel('SMS character limit').fill('90')
  await page.getByText('2 messages would move.').waitFor()
  await page.getByText('Which ones').click()
  expect(await accessibilityProblems(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
  await page.getByRole('button', { name: 'History' }).click()
  await page.getByRole('heading', { name: 'Version 1', exact: false }).first().waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
}, 120_000)

test('the master switch stands beside what the task says of itself', async () => {
  const page = await openSettings()
  const task = (await createCaller(console.system).call('GET', `/companies/${company}/task`)) as {
    health: string
    healthText: string
  }
  const [firstWords = ''] = task.healthText.split(/\d/)
  const said = page.locator('[data-health]', { hasText: `Task ${task.health} ${firstWords.trim()}` })
  await said.waitFor()
  const heightOf = async (locator: typeof said) => (await locator.boundingBox())?.y ?? Number.NaN
  const beside = (await heightOf(said)) - (await heightOf(page.getByText('Customer notifications', { exact: true })))
  expect(Math.abs(beside)).toBeLessThan(12)
})

test('another cutoff: its effect, OK, the history, and the way back', async () => {
  const page = await openSettings()
  await page.getByText('Nothing has been changed.').waitFor()
  expect(await ok(page).isEnabled()).toBe(false)
  await page.getByLabel(cutoff).fill('17:00')
  await page.getByText('2 messages would move.').waitFor()
  await page.getByText('Which ones').click()
  const [example] = await page.getByRole('listitem').filter({ hasText: 'r1, stop s1' }).allTextContents()
  expect(example).toMatch(/^Route Confirmed by text to \+15125550101, r1, stop s1: moves from .*4:00 PM to .*5:00 PM$/)
  await ok(page).click()
  const [, saved] = /version (\d+)/.exec((await page.getByText(/^Saved as version/).textContent()) ?? '') ?? []
  await page.getByText(`Version ${saved}.`, { exact: true }).waitFor()

  await page.getByRole('button', { name: 'History' }).click()
  const history = page.getByRole('dialog', { name: 'History' })
  const latest = history.getByRole('listitem').filter({ hasText: `Version ${saved} (current)` })
  expect(await latest.textContent()).toContain(`${cutoff}16:00 17:00`)
  expect(await latest.textContent()).toContain(dispatcher.name)
  const before = Number(saved) - 1
  await history.getByRole('button', { name: `Restore version ${before}` }).click()
  await history.getByText('2 messages would move.').waitFor()
  await history.getByRole('button', { name: 'Restore', exact: true }).click()
  await page.getByText(`Restored, as version ${Number(saved) + 1}.`).waitFor()
  await page.keyboard.press('Escape')
  expect(await page.getByLabel(cutoff).inputValue()).toBe('16:00')
})

test('a right click inserts a field where the cursor is, the preview tells what it says, and undo takes it back', async () => {
  const page = await openSettings()
  await text(page).fill('Hi, we come.')
  await text(page).click({ button: 'right', position: { x: 200, y: 60 } })
  await page.evaluate(`document.querySelector('[name="events.confirmed.sms"]').setSelectionRange(3, 3)`)
  await page.getByRole('menuitem', { name: /driver\.name/ }).click()
  const preview = page.getByRole('region', { name: 'The text message' })
  await preview.getByText('Hi,Mia we come.').waitFor()
  expect(await text(page).inputValue()).toBe('Hi,{{ driver.name }} we come.')
  expect(await preview.textContent()).toContain('15 of 100 characters · 1 segment · GSM-7')
  await page.keyboard.press('Control+z')
  await preview.getByText('Hi, we come.').waitFor()
  expect(await text(page).inputValue()).toBe('Hi, we come.')
})

test('the keyboard alone finds and inserts a field, and one of the contracts', async () => {
  const page = await openSettings()
  await text(page).fill('Code: ')
  await page.keyboard.press('Control+i')
  await page.getByRole('menuitem', { name: /gate_code/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByText('Code: 4711').waitFor()
  expect(await text(page).inputValue()).toBe('Code: {{ contract.fields.gate_code }}')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: /truck\.name/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('[name="events.confirmed.sms"]:focus').waitFor()
})

test('problems are at their fields, all at once, and OK goes to the first', async () => {
  const page = await openSettings()
  await page.getByLabel('SMS character limit').fill('5')
  await text(page).fill('Hello {{ custmer.name }}')
  await page.getByRole('tab', { name: 'Arrived' }).click()
  await page.getByText('2 fields need attention').waitFor()
  await ok(page).click()
  await page.locator('[aria-invalid="true"]:focus').waitFor()
  await page.getByRole('alert').getByRole('button', { name: 'Route Confirmed: text message' }).click()
  await page.locator('[name="events.confirmed.sms"]:focus').waitFor()
  expect(await text(page).getAttribute('aria-invalid')).toBe('true')
  await page.getByText('Did you mean "customer.name"?').first().waitFor()
  const limit = page.getByLabel('SMS character limit')
  expect(await limit.getAttribute('aria-invalid')).toBe('true')
  await page.getByText('Give a whole number of characters, from 20 to 1600.').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('Nothing has been changed.').waitFor()
  expect(await limit.inputValue()).toBe('100 characters')
})

test('changes that are not saved are not lost by going elsewhere', async () => {
  const page = await openSettings()
  // So that the way back is within the console.
  await page.getByRole('link', { name: 'Routes' }).click()
  await page.getByRole('link', { name: 'Customer Notifications' }).click()
  await page.getByLabel(cutoff).fill('17:00')
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await page.getByRole('link', { name: 'Routes' }).click()
  await question.getByRole('button', { name: 'Stay' }).click()
  await question.waitFor({ state: 'hidden' })
  await page.goBack()
  await question.getByRole('button', { name: 'Stay' }).click()
  await question.waitFor({ state: 'hidden' })
  expect(await page.getByLabel(cutoff).inputValue()).toBe('17:00')
  expect(page.url()).toContain('/settings')

  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const closing = await asked
  expect(closing.type()).toBe('beforeunload')
  await closing.dismiss()

  await page.getByRole('link', { name: 'Routes' }).click()
  await question.getByRole('button', { name: 'Leave without saving' }).click()
  await page.getByRole('heading', { name: 'Routes' }).waitFor()
})

test('of two dispatchers neither overwrites the other', async () => {
  const page = await openSettings()
  await page.getByLabel(cutoff).fill('17:00')
  await page.getByText('2 messages would move.').waitFor()
  const others = { ...settings, sms: { characterLimit: 120 } }
  await createCaller(console.system).put(company, '/settings', others)
  await ok(page).click()
  const conflict = page.getByRole('alert').filter({ hasText: 'in the meantime' })
  await conflict.waitFor()
  expect(await conflict.textContent()).toContain('SMS character limit100 120')
  expect(await accessibilityProblems(page)).toEqual([])
  await conflict.getByRole('button', { name: 'Keep my changes on top of theirs' }).click()
  expect(await page.getByLabel('SMS character limit').inputValue()).toBe('120 characters')
  await page.getByText('2 messages would move.').waitFor()
  await ok(page).click()
  await page.getByText(/^Saved as version/).waitFor()
  const now = (await createCaller(console.system).call('GET', `/companies/${company}/settings`)) as {
    settings: { confirmation: { sendAfter: string }; sms: object }
  }
  expect([now.settings.confirmation.sendAfter, now.settings.sms]).toEqual(['17:00', { characterLimit: 120 }])
})

/** As the API has them now. */
async function stored(): Promise<Record<string, unknown>> {
  const { settings } = (await createCaller(console.system).call('GET', `/companies/${company}/settings`)) as {
    settings: Record<string, unknown>
  }
  return settings
}

test('people of the company and closed days are added and taken away, and the preview goes by what is not saved yet', async () => {
  const page = await openSettings()
  await page.getByRole('button', { name: 'Add recipient' }).click()
  const person = page.getByRole('group', { name: 'Settings' }).locator('fieldset')
  await person.getByLabel('By').selectOption('Text')
  await person.getByLabel('Address').fill('12')
  await person.getByLabel('Departed').check()
  await page.getByText('One field needs attention').waitFor()
  expect(await page.locator('[name="internalRecipients.0.address"]').getAttribute('aria-invalid')).toBe('true')
  await page.locator('[name="internalRecipients.0.address"]').fill('512-555-0144')

  await page.getByLabel('Holidays', { exact: true }).fill('2027-07-05')
  await page.getByRole('button', { name: 'Add holiday' }).click()
  await page.getByText('Mon, Jul 5, 2027').waitFor()
  await page.getByLabel('Country of public holidays').fill('us')
  await page.getByText('United States', { exact: true }).waitFor()
  await page.getByLabel('State of public holidays').fill('tx')

  await page.getByLabel('Delivery, before').fill('60')
  await page.getByRole('region', { name: 'The text message' }).getByText('12:00 PM - 1:30 PM').waitFor()
  await page.getByLabel('Time format').selectOption('13:30')
  await page.getByRole('region', { name: 'The text message' }).getByText('12:00 - 13:30').waitFor()

  await ok(page).click()
  await page.getByText(/^Saved as version/).waitFor()
  expect(await stored()).toMatchObject({
    internalRecipients: [{ method: 'sms', address: '+15125550144', events: ['confirmed', 'departed'] }],
    holidays: ['2027-07-05'],
    holidayCalendar: { country: 'US', state: 'TX' },
  })

  await page.getByRole('button', { name: 'Remove +15125550144' }).click()
  await page.getByRole('button', { name: 'Remove 2027-07-05' }).click()
  await page.getByLabel('Country of public holidays').fill('')
  await ok(page).click()
  await page
    .getByText(/^Saved as version/)
    .nth(1)
    .waitFor()
  expect(await stored()).toMatchObject({ internalRecipients: [], holidays: [], holidayCalendar: null })
})

/** The longest transition or animation of anything on the page, in seconds. */
const longestMotion = `Math.max(...[...document.querySelectorAll('*')].flatMap((element) => {
  const { transitionDuration, animationDuration } = getComputedStyle(element)
  return [transitionDuration, animationDuration].flatMap((all) => all.split(',').map((each) => parseFloat(each)))
}))`

test('a viewer reads everything and changes nothing, sees people masked, and no motion that was not wanted', async () => {
  const boss = { method: 'email', address: 'boss@acme.example', events: ['confirmed'] }
  const { put } = createCaller(console.system)
  await put(company, '/settings', { ...settings, internalRecipients: [boss] })
  const viewer = { email: 'vic@acme.example', name: 'Vic Viewer', role: 'viewer', password: 'a password of the tests' }
  await saveOperator(console.system.db, { ...viewer, companyId: company })
  const page = await console.openSignedIn(`/companies/${company}/settings`, {}, viewer)
  await page.getByText('characters ·').waitFor()
  expect(await page.getByLabel('Address', { exact: true }).inputValue()).toBe('b***@acme.example')
  expect(await accessibilityProblems(page)).toEqual([])
  for (const name of ['OK', 'Cancel', 'Add recipient', /^Remove/, 'Add holiday', /^Insert field/])
    expect(await page.getByRole('button', { name }).count()).toBe(0)

  const form = page.getByRole('group', { name: 'Settings' })
  expect(await form.locator('select, :disabled').count()).toBe(0)
  // Of which stop a preview is shown is no setting; nor are the boxes, which have no such attribute, looked at here.
  const inputs = `[...document.querySelectorAll('fieldset[aria-label="Settings"] :is(input, textarea)')]`
  const written = (await page.evaluate(`${inputs}
    .filter(({ type }) => type !== 'checkbox' && type !== 'hidden')
    .map((each) => ({ label: each.labels[0].textContent, readOnly: each.readOnly }))`)) as {
    label: string
    readOnly: boolean
  }[]
  expect(written.length).toBeGreaterThan(20)
  expect(written.filter(({ readOnly }) => !readOnly).map(({ label }) => label)).toEqual(['Preview with'])
  const states = () => page.evaluate(`${inputs}.map(({ value, checked }) => [value, checked])`)
  const before = await states()
  for (const box of await form.locator('input[type=checkbox]').all()) await box.click({ force: true })
  await page.getByLabel(cutoff).focus()
  await page.keyboard.press('ArrowUp')
  expect(await states()).toEqual(before)

  await page.getByRole('button', { name: 'History' }).click()
  const history = page.getByRole('dialog', { name: 'History' })
  await history.getByText('b***@acme.example').first().waitFor()
  expect(await history.getByRole('button', { name: /^Restore/ }).count()).toBe(0)
  expect(await page.content()).not.toContain('boss@')

  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect(await page.evaluate(longestMotion)).toBeGreaterThan(0.05)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await page.evaluate(longestMotion)).toBeLessThan(0.001)
})
