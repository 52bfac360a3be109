import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { createCaller } from '../../dev/caller'
import { acme, setUpCompanies } from '../../dev/demo/companies'
import { playMorning } from '../../dev/demo/day/playDay'
import { weekAfter } from '../../dev/demo/week'
import { accessibilityProblems, looks, scrollsSideways, useConsole } from './useConsole'

const console = useConsole()
const root = join(__dirname, '../..')

/** `npm run pictures`: each view at both widths in both schemes, for docs/console.md and the README. */
const pictures = process.env.PICTURES === '1'
const pictureFolder = join(root, 'docs/pictures')
const widths = [...new Set(looks.map(({ width }) => width))]
const schemes = [...new Set(looks.map(({ scheme }) => scheme))]
const seen = pictures ? widths.flatMap((width) => schemes.map((scheme) => ({ width, scheme }))) : looks

/** What opens on a page, and what tells that it stands; all on the demo's busy morning. */
const shows = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor()
const views: { name: string; path: string; ready(page: Page): Promise<unknown> }[] = [
  { name: 'routes', path: '/routes', ready: shows('Lake Travis') },
  {
    name: 'forecast',
    path: '/routes',
    async ready(page) {
      await page.getByRole('button', { name: 'Confirm route Pickups' }).click()
      await page.getByRole('heading', { name: /Who will be told/ }).waitFor()
    },
  },
  { name: 'stop', path: '/routes/south/stops/s4', ready: shows('C-2010') },
  { name: 'find', path: '/find?q=C-20', ready: shows('contract C-20') },
  { name: 'messages', path: '/messages?routeId=lake', ready: shows('+1512555') },
  {
    name: 'message',
    path: '/messages?status=undelivered',
    async ready(page) {
      await page.locator('tr[data-row]').first().click()
      await page.getByRole('dialog').getByText('Technical details').waitFor()
    },
  },
  { name: 'not-told', path: '/not-told', ready: shows('Contract C-') },
  { name: 'settings', path: '/settings', ready: shows('characters ·') },
  {
    name: 'settings-fields',
    path: '/settings',
    async ready(page) {
      await page.getByLabel('Route Confirmed: text message', { exact: true }).click({ button: 'right' })
      await page.getByRole('menuitem', { name: /driver.name/ }).waitFor()
    },
  },
  { name: 'trucks', path: '/trucks', ready: shows('Generic webhook') },
  { name: 'contracts', path: '/contracts?q=c', ready: shows('C-2010') },
  { name: 'contract', path: '/contracts/C-2010', ready: shows('Confirmation') },
  { name: 'consents', path: '/consents', ready: shows('wants no texts') },
  { name: 'integrations', path: '/integrations', ready: shows('Samsara') },
  { name: 'operators', path: '/operators', ready: shows('(you)') },
  { name: 'task', path: '/task', ready: shows('Next run') },
  { name: 'health', path: '/health', ready: shows('GPS of truck T5') },
  { name: 'api-keys', path: '/api-keys', ready: shows('Back office') },
  { name: 'audit', path: '/audit', ready: shows(/route\.?.*(confirmed|cancelled)/i) },
]

let caller: ReturnType<typeof createCaller>
let page: Page

beforeAll(async () => {
  caller = createCaller(console.system)
  const { time } = console.system
  const week = weekAfter(time.now())
  await time.passTo(week.at('Tue', '08:00', acme.zone))
  await setUpCompanies(caller)
  await caller.call('POST', '/api-keys', { name: 'Back office', role: 'viewer', companyId: 'acme' })
  await playMorning(console.system, caller, week.date('Tue'), week.date('Wed'))
  page = await console.openSignedIn('/companies/acme/routes')
  if (pictures) mkdirSync(pictureFolder, { recursive: true })
}, 180_000)

/** Looks at what is open at each width and in each scheme. */
async function look(name: string, at = page): Promise<void> {
  for (const { width, scheme } of seen) {
    await show(at, width, scheme)
    const [problems, sideways] = [await accessibilityProblems(at), await scrollsSideways(at)]
    expect({ name, width, scheme, problems, sideways }).toEqual({ name, width, scheme, problems: [], sideways: false })
    if (pictures) await at.screenshot({ path: join(pictureFolder, `${name}-${width}-${scheme}.png`) })
  }
}

async function show(at: Page, width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
  await at.setViewportSize({ width, height: width < 600 ? 740 : 800 })
  await at.emulateMedia({ colorScheme })
}

test.each(views)('$name holds at every width, in light and dark', async ({ name, path, ready }) => {
  await show(page)
  await page.goto(`${console.system.url}/companies/acme${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await ready(page)
  await look(name)
})

test('the sign-in page holds', async () => {
  await look('sign-in', await console.open('/'))
})

test('the driver’s page holds, and when it asks', async () => {
  const { url } = (await caller.call('POST', '/companies/acme/routes/lake/driver-link')) as { url: string }
  await page.goto(`${console.system.url}${new URL(url).pathname}`)
  await page
    .getByText(/^Told \d/)
    .first()
    .waitFor()
  await look('driver')
  await page
    .getByRole('button', { name: /^Skip: stop/ })
    .first()
    .click()
  await page.getByText('Skip this stop?').waitFor()
  await look('driver-skip')
})

test('no page is forgotten, and each has its pictures', () => {
  const folder = join(root, 'console/pages')
  const paths = readdirSync(folder).map((name) => {
    const [, path = name] = /path: '([^']+)'/.exec(readFileSync(join(folder, name, 'page.ts'), 'utf8')) ?? []
    return path
  })
  const isSeen = (path: string) =>
    views.some((view) => new RegExp(`^${path.replace(/:\w+/g, '[^/?]+')}(\\?|$)`).test(view.path))
  expect(paths.length).toBeGreaterThan(9)
  expect(paths.filter((path) => !isSeen(path))).toEqual([])

  const names = [...views.map(({ name }) => name), 'sign-in', 'driver', 'driver-skip']
  const expected = names.flatMap((name) =>
    widths.flatMap((width) => schemes.map((scheme) => `${name}-${width}-${scheme}.png`)),
  )
  expect(readdirSync(pictureFolder).sort()).toEqual(expected.sort())
})
