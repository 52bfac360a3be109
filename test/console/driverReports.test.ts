import type { DriverApi, DriverRoute, Outcome } from '../../console/driver/driverApi'
import type { Report } from '../../console/driver/report'
import { createReports } from '../../console/driver/reports'
import { sendReports } from '../../console/driver/sendReports'
import { stopState } from '../../console/driver/stopState'
import { emptyStorage } from './keyValues'

const stop: DriverRoute['stops'][number] = {
  ...{ stopId: 's1', kind: 'delivery', status: 'pending', address: '1 Main St', contracts: ['C1'] },
  ...{ scheduledAt: '2026-12-02T19:00:00Z', timeZone: 'America/Chicago' },
}
const route: DriverRoute = {
  ...{ routeId: 'r1', name: 'Route 1', serviceDate: '2026-12-02', status: 'confirmed', timeFormat: '12h' },
  ...{ buttons: { shown: true }, stops: [stop] },
}
const pressed = (kind: Report['kind'], eventId: string): Report => ({
  ...{ eventId, stopId: 's1', kind, occurredAt: '2026-12-02T19:03:00Z' },
})

function phone() {
  const storage = emptyStorage()
  return () => createReports(storage, 'link')
}

function answering(...outcomes: Outcome[]) {
  const sent: string[] = []
  const report: DriverApi['report'] = async ({ eventId }) => {
    sent.push(eventId)
    return outcomes[sent.length - 1] ?? 'accepted'
  }
  return { sent, api: { report } as DriverApi }
}

test('reports outlive the page, and go in the order in which they were pressed', async () => {
  const opened = phone()
  opened().add(pressed('arrived', 'e1'))
  opened().add(pressed('departed', 'e2'))
  const { sent, api } = answering()
  expect(await sendReports(opened(), api, Date.now, () => {})).toBe(true)
  expect(sent).toEqual(['e1', 'e2'])
  expect(opened().waiting()).toEqual([])
})

test('a report that does not get through holds back those after it', async () => {
  const reports = phone()()
  reports.add(pressed('arrived', 'e1'))
  reports.add(pressed('departed', 'e2'))
  const { sent, api } = answering('later')
  expect(await sendReports(reports, api, Date.now, () => {})).toBe(false)
  expect(sent).toEqual(['e1'])
  expect(reports.waiting().map(({ eventId }) => eventId)).toEqual(['e1', 'e2'])
})

test('a report that is refused for good says why and holds nothing back', async () => {
  const reports = phone()()
  reports.add(pressed('arrived', 'e1'))
  reports.add(pressed('departed', 'e2'))
  const { sent, api } = answering({ refused: 'The GPS decides.' })
  expect(await sendReports(reports, api, Date.now, () => {})).toBe(true)
  expect(sent).toEqual(['e1', 'e2'])
  expect(stopState(route, stop, reports.all())).toMatchObject({ refused: 'The GPS decides.', arrivedAt: undefined })
})

test('what was pressed shows at once, and stays when the route that is read does not know it yet', async () => {
  const reports = phone()()
  expect(stopState(route, stop, []).buttons).toEqual(['arrived', 'departed', 'skipped'])
  reports.add(pressed('arrived', 'e1'))
  expect(stopState(route, stop, reports.all())).toMatchObject({ status: 'arrived', waits: true, buttons: ['departed'] })
  await sendReports(reports, answering().api, Date.now, () => {})
  reports.forgetShown(route, Date.now())
  expect(stopState(route, stop, reports.all())).toMatchObject({ status: 'arrived', waits: false })
  const known: typeof stop = { ...stop, status: 'arrived', arrivedAt: '2026-12-02T19:03:00Z' }
  reports.forgetShown({ ...route, stops: [known] }, Date.now())
  expect(reports.all()).toEqual([])
})

test('an accepted report that changed nothing is forgotten after two minutes, one that waits never', async () => {
  const reports = phone()()
  reports.add(pressed('arrived', 'e1'))
  await sendReports(reports, answering().api, Date.now, () => {})
  reports.add(pressed('departed', 'e2'))
  reports.forgetShown(route, Date.now() + 121_000)
  expect(reports.all().map(({ eventId }) => eventId)).toEqual(['e2'])
})

test('where a device decides there is Skip alone, and on a route that is over nothing', () => {
  const byDevice = { ...route, buttons: { shown: false, reasonText: 'The GPS decides.' } }
  expect(stopState(byDevice, stop, []).buttons).toEqual(['skipped'])
  expect(stopState({ ...byDevice, status: 'completed' }, stop, []).buttons).toEqual([])
})
