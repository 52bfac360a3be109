import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { saveOperator } from '../../api/operators/saveOperator'
import { type System, startSystem } from '../../dev/startSystem'
import { startBrowser } from '../setup/browser'
import { consoleBuild } from '../setup/consoleBuild'
import { testEnvironment } from '../setup/freshDatabase'
import { freshNamespace } from '../setup/freshNamespace'
import { dispatcher, fillSignIn } from './signIn'

export interface Look {
  width?: number
  scheme?: 'light' | 'dark'
}

/** In what every page must hold: colours do not depend on the width, so each width and each scheme is seen once. */
export const looks: Required<Look>[] = [
  { width: 1280, scheme: 'light' },
  { width: 360, scheme: 'dark' },
]

/**
 * The built console in a real browser, on the real API, worker, PostgreSQL and Temporal, from before a file's first test to
 * after its last. A test fails when its page broke the content security policy or threw.
 */
export function useConsole() {
  let system: System | undefined
  let browser: Browser | undefined
  const troubles: string[] = []

  beforeAll(async () => {
    const folder = await consoleBuild()
    browser = await startBrowser()
    const { address, namespace } = await freshNamespace()
    const parts = {
      ...{ DATABASE_URL: testEnvironment('TEST_DATABASE_URL'), PATH: process.env.PATH },
      ...{ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace },
      TEMPORAL_UI_URL: 'https://temporal.example',
    }
    system = await startSystem(() => {}, parts, {
      consoleFolder: folder,
      workflowBundle: testEnvironment('TEST_WORKFLOW_BUNDLE'),
    })
    await saveOperator(system.db, dispatcher)
  }, 120_000)
  afterEach(() => {
    expect(troubles.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await system?.stop()
  })

  return {
    get system(): System {
      if (system === undefined) throw new Error('The system is there from the first test on.')
      return system
    },
    /** A page in a browser profile of its own. */
    async open(path: string, { width = 1280, scheme = 'light' }: Look = {}): Promise<Page> {
      if (browser === undefined) throw new Error('The browser is there from the first test on.')
      const context = await browser.newContext({
        viewport: { width, height: width < 600 ? 740 : 800 },
        colorScheme: scheme,
        baseURL: this.system.url,
        // Neither the machine's zone nor its language may matter.
        timezoneId: 'Asia/Kolkata',
        // Nor when something has faded in.
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`))
      page.on('console', (message) => {
        if (/content security policy/i.test(message.text())) troubles.push(message.text())
      })
      await page.goto(path)
      return page
    },
    /** A page whose operator has signed in on it. */
    async openSignedIn(path: string, look: Look = {}, operator = dispatcher): Promise<Page> {
      const page = await this.open(path, look)
      await fillSignIn(page, operator)
      return page
    },
  }
}

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds against WCAG 2.2 AA on the page as it is, in a line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Past the page's own policy, which lets no script in: it goes through the browser's debugger.
  await page.evaluate(axeSource)
  const results = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary ?? ''}`).join('; ')}`,
  )
}

/** Whether something stands out of the page at the right: on a phone one would have to scroll sideways. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  ) as Promise<boolean>
}
