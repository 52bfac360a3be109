import { defaultSettings } from '../../domain/settings'
import { routeOf, useApi } from './useApi'

describe('settings', () => {
  const api = useApi()
  let company: string
  beforeEach(async () => {
    company = `s-${Math.random().toString(36).slice(2)}`
    await api.call('PUT', `/v1/companies/${company}`, { body: { name: 'Acme', phone: '512-555-0100' } })
  })
  const at = (path = '') => `/v1/companies/${company}/settings${path}`

  test('are the defaults until they are saved, and absent fields take theirs', async () => {
    const first = await api.call('GET', at())
    expect(first.body).toMatchObject({ version: 0, settings: defaultSettings })
    expect(first.headers.get('etag')).toBe('"0"')
    const saved = await api.call('PUT', at(), { body: { smsEnabled: true, confirmation: { sendAfter: '15:00' } } })
    expect([saved.status, saved.body.version, saved.headers.get('etag')]).toEqual([200, 1, '"1"'])
    expect(saved.body.settings).toEqual({
      ...defaultSettings,
      smsEnabled: true,
      confirmation: { ...defaultSettings.confirmation, sendAfter: '15:00' },
    })
  })

  test('with ten mistakes are refused with all ten, and nothing is stored', async () => {
    const { status, body } = await api.call('PUT', at(), {
      body: {
        smsEnabled: 'yes',
        timeZone: 'Chicago',
        businessDays: [0, 8],
        holidays: ['2026-02-30'],
        confirmation: { sendAfter: '25:00', policy: 'never', sameDayDelayMinutes: -1 },
        etaBuffer: { roundToMinutes: 7 },
        events: { confirmed: { sms: '{{ company.nme }}' } },
        colour: 'red',
      },
    })
    expect(status).toBe(422)
    const paths = body.problems.map(({ path }: { path: string }) => path)
    for (const path of [
      'smsEnabled',
      'timeZone',
      'businessDays.0',
      'businessDays.1',
      'holidays.0',
      'confirmation.sendAfter',
      'confirmation.policy',
      'confirmation.sameDayDelayMinutes',
      'etaBuffer.roundToMinutes',
      'events.confirmed.sms',
      'colour',
    ])
      expect(paths).toContain(path)
    expect((await api.call('GET', at())).body.version).toBe(0)
  })

  test('are saved only over the version that If-Match names', async () => {
    const put = (ifMatch: string, limit: number) =>
      api.call('PUT', at(), { body: { sms: { characterLimit: limit } }, headers: { 'If-Match': ifMatch } })
    expect((await put('"0"', 110)).body.version).toBe(1)
    const stale = await put('"0"', 120)
    expect([stale.status, stale.body.code]).toEqual([412, 'precondition_failed'])
    expect((await put('W/"1"', 120)).status).toBe(412)
    expect((await put('"7", "1"', 120)).body.version).toBe(2)
    expect((await put('*', 130)).body.version).toBe(3)
  })

  test('of two savers at once with the same If-Match one succeeds', async () => {
    const put = (limit: number) =>
      api.call('PUT', at(), { body: { sms: { characterLimit: limit } }, headers: { 'If-Match': '"0"' } })
    const statuses = (await Promise.all([put(110), put(120), put(130)])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 412, 412])
  })

  test('keep their history, and an earlier version can be restored', async () => {
    await api.call('PUT', at(), { body: { sms: { characterLimit: 110 } } })
    await api.call('PUT', at(), { body: { sms: { characterLimit: 120 } }, key: await api.keyOf('dispatch', company) })
    const versions = await api.call('GET', at('/versions'))
    expect(versions.body.items[0]).toMatchObject({
      version: 2,
      changedBy: 'dispatch key',
      changes: [{ path: 'sms.characterLimit', from: 110, to: 120 }],
    })
    const restored = await api.call('POST', at('/restore'), { body: { version: 1 } })
    expect([restored.status, restored.body.version, restored.body.settings.sms.characterLimit]).toEqual([200, 3, 110])
    expect((await api.call('POST', at('/restore'), { body: { version: 99 } })).status).toBe(404)
    expect((await api.call('POST', at('/restore'), { body: { version: 'x' } })).status).toBe(422)
  })

  test('a preview shows a template filled in, with its size', async () => {
    const preview = (body: object, key?: string) =>
      api.call('POST', at('/preview'), { body, ...(key !== undefined && { key }) })
    const sms = {
      template: '{{ company.name }}: {{ customer.name }} {{ eta.range }}',
      event: 'confirmed',
      channel: 'sms',
    }
    expect((await preview(sms)).body).toMatchObject({ segments: 1, encoding: 'GSM-7', shortened: false, problems: [] })

    await api.call('PUT', `/v1/companies/${company}/contracts/C1`, {
      body: { customer: { name: 'Ann Smith' }, deliveryNotifications: [] },
    })
    await api.call('PUT', `/v1/companies/${company}/routes/r1`, { body: routeOf() })
    const real = { ...sms, routeId: 'r1', stopId: 's2' }
    expect((await preview(real)).body.text).toBe('Acme: Ann Smith 6:30 PM - 7:30 PM')
    expect((await preview(real, await api.keyOf('viewer', company))).body.text).toBe('Acme: A*** 6:30 PM - 7:30 PM')
    expect((await preview({ ...real, channel: 'email' })).body.subject).toBe('Your delivery on Wed, Dec 2')
    expect((await preview({ ...real, stopId: 'nope' })).status).toBe(404)
    expect((await preview({ ...sms, stopId: 's2' })).body.problems[0].path).toBe('routeId')
    expect((await preview({ ...sms, template: '{{ no.field }} {% if' })).body.problems.length).toBeGreaterThan(0)
  })

  test('a preview takes a subject and a limit that are not saved yet', async () => {
    const preview = async (body: object) =>
      (
        await api.call('POST', at('/preview'), {
          body: { template: 'See you soon, on Wednesday', event: 'arrived', ...body },
        })
      ).body
    expect((await preview({ channel: 'email', emailSubject: 'From {{ company.name }}' })).subject).toBe('From Acme')
    expect(await preview({ channel: 'email', emailSubject: '{{ nobody }}' })).toMatchObject({
      text: '',
      problems: [{ path: 'emailSubject' }],
    })
    const short = await preview({ channel: 'sms', characterLimit: 20 })
    expect([short.shortened, short.characters <= 20]).toEqual([true, true])
  })

  test('a preview takes a buffer, a zone and a time format that are not saved yet', async () => {
    await api.call('PUT', `/v1/companies/${company}/contracts/C1`, {
      body: { customer: { name: 'Ann Smith' }, deliveryNotifications: [] },
    })
    await api.call('PUT', `/v1/companies/${company}/routes/r1`, { body: routeOf() })
    const asked = { template: '{{ eta.range }}', event: 'confirmed', channel: 'sms', routeId: 'r1', stopId: 's2' }
    const preview = async (body: object) =>
      (await api.call('POST', at('/preview'), { body: { ...asked, ...body } })).body
    const around = { beforeMinutes: 60, afterMinutes: 60 }
    const etaBuffer = { delivery: around, pickup: around, roundToMinutes: 5 }
    expect((await preview({ etaBuffer })).text).toBe('6:00 PM - 8:00 PM')
    expect((await preview({ timeZone: 'America/Chicago' })).text).toBe('12:30 PM - 1:30 PM')
    expect((await preview({ timeFormat: '24h' })).text).toBe('18:30 - 19:30')
    expect((await preview({ timeZone: 'Chicago' })).problems[0].path).toBe('timeZone')
  })

  test('show a viewer that there are internal recipients, not where they are, then and in the history', async () => {
    const put = (address: string) =>
      api.call('PUT', at(), { body: { internalRecipients: [{ method: 'email', address, events: ['confirmed'] }] } })
    await put('boss@acme.example')
    const saved = await put('owner@acme.example')
    expect(saved.body.settings.internalRecipients[0].address).toBe('owner@acme.example')
    const key = await api.keyOf('viewer', company)
    const { body } = await api.call('GET', at(), { key })
    expect(body.settings.internalRecipients).toEqual([
      { method: 'email', address: 'o***@acme.example', events: ['confirmed'] },
    ])
    const history = await api.call('GET', at('/versions'), { key })
    expect(history.body.items[0].changes).toMatchObject([
      { path: 'internalRecipients', from: [{ address: 'b***@acme.example' }], to: [{ address: 'o***@acme.example' }] },
    ])
    expect(JSON.stringify(history.body)).not.toMatch(/boss|owner/)
    expect((await api.call('POST', at('/effect'), { key, body: {} })).status).toBe(403)
    const own = await api.call('GET', at('/versions'), { key: await api.keyOf('dispatch', company) })
    expect(JSON.stringify(own.body)).toMatch(/boss.*owner/)
  })

  test('the special fields are listed, those of the contracts among them, with what they show', async () => {
    await api.call('PUT', `/v1/companies/${company}/contracts/C1`, {
      body: { customer: { name: 'Ann' }, fields: { gate: '12' }, deliveryNotifications: [] },
    })
    const { body } = await api.call('GET', at('/special-fields'))
    const byField = Object.fromEntries(body.items.map((item: { field: string }) => [item.field, item]))
    expect(byField['company.name']).toMatchObject({ example: 'Acme' })
    expect(byField['eta.range']).toMatchObject({ example: '10:30 AM - 11:30 AM' })
    expect(byField['contract.fields.gate']).toEqual({
      field: 'contract.fields.gate',
      description: 'The field gate of the contract, whatever the contract carries',
    })
    expect(Object.keys(byField).filter((field) => field.startsWith('contract.fields'))).toHaveLength(1)
    const listed = body.items.map(({ field }: { field: string }) => `{{ ${field} }}`)
    const template = { template: listed.join(' '), event: 'confirmed', channel: 'email' }
    expect((await api.call('POST', at('/preview'), { body: template })).body.problems).toEqual([])
  })
})
