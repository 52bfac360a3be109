import { rows } from '../../db/sql'
import { useApi } from './useApi'

describe('notifications', () => {
  const api = useApi()
  let company: string
  const at = (path: string) => `/v1/companies/${company}${path}`
  const found = async (query: string, key?: string) =>
    (await api.call('GET', at(`/notifications?${query}`), key === undefined ? {} : { key })).body.items
      .map(({ stopId }: { stopId: string }) => stopId)
      .sort()
      .join()

  beforeAll(async () => {
    company = await api.company()
    await rows(
      api.db,
      `INSERT INTO routes (company_id, route_id, name, service_date) VALUES (:company, 'r1', 'R', '2026-12-02'), (:company, 'r2', 'R', '2026-12-03')`,
      { company },
    )
    const insert = async (stopId: string, routeId: string, address: string, contracts: string[], text: string) => {
      await rows(
        api.db,
        `INSERT INTO stops (company_id, route_id, stop_id, position, kind, scheduled_at, address)
         VALUES (:company, :routeId, :stopId, (SELECT count(*) FROM stops), 'delivery', now(), 'A')`,
        { company, routeId, stopId },
      )
      await rows(
        api.db,
        `INSERT INTO notifications (company_id, route_id, stop_id, event, channel, address, revision, contract_numbers,
           confirmation, status, settings_version, text)
         VALUES (:company, :routeId, :stopId, 'confirmed', :channel, :address, 1, CAST(:contracts AS text[]), 1, 'sent', 1, :text)`,
        { company, routeId, stopId, address, contracts, text, channel: address.includes('@') ? 'email' : 'sms' },
      )
    }
    await insert('s1', 'r1', '+15125550101', ['C1', 'C2'], 'Your "order", 9:00')
    await insert('s2', 'r1', '+15125550102', ['C2'], '=HYPERLINK("http://evil.example.com")')
    await insert('s3', 'r2', 'ann@example.com', ['C3'], '@SUM(1)')
    await insert('s4', 'r2', 'anna%_\\@example.com', ['C3'], 'tab')
  })

  test.each([
    ['a number, as people write it', 'recipient=512-555-0101', 's1'],
    ['a number with its country', 'recipient=%2B15125550101', 's1'],
    ['how a number begins', 'recipient=512555', 's1,s2'],
    ['how it begins, with its country', 'recipient=%2B1512', 's1,s2'],
    ['an email address', 'recipient=ann@example.com', 's3'],
    ['how one begins', 'recipient=ann', 's3,s4'],
    ['signs that mean something in a pattern, as they are', 'recipient=anna%25_%5C', 's4'],
    ['no more than is there', 'recipient=bob', ''],
    ['a contract', 'contractNumber=C2', 's1,s2'],
    ['a day', 'serviceDate=2026-12-03', 's3,s4'],
    ['all of it at once', 'contractNumber=C2&serviceDate=2026-12-02&recipient=5125550102&channel=sms', 's2'],
  ])('are found by %s', async (_what, query, stops) => {
    expect(await found(query)).toBe(stops)
  })

  test('are found by a viewer by the whole address alone, so that no masked one can be guessed bit by bit', async () => {
    const key = await api.keyOf('viewer', company)
    expect(await found('recipient=512-555-0101', key)).toBe('s1')
    for (const start of ['512555', '%2B1512555010', 'ann']) expect(await found(`recipient=${start}`, key)).toBe('')
  })

  test('whose recipient was erased are not found by it', async () => {
    await rows(api.db, `UPDATE notifications SET erased_at = now() WHERE stop_id = 's3'`)
    expect(await found('recipient=ann@example.com')).toBe('')
    await rows(api.db, `UPDATE notifications SET erased_at = NULL WHERE stop_id = 's3'`)
  })

  describe('as CSV', () => {
    const csv = async (query = '', key?: string) =>
      api.call('GET', at(`/notifications.csv${query}`), key === undefined ? {} : { key })

    test('have the same filters, one line each, and no cell that a spreadsheet would run', async () => {
      const { status, headers, body } = await csv('?contractNumber=C2')
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(headers.get('content-disposition')).toBe('attachment; filename="notifications.csv"')
      const lines = body.trimEnd().split('\r\n')
      expect(lines).toHaveLength(3)
      expect(lines[0]).toMatch(/^\ufeff?id,routeId,stopId,event,channel,recipient,contractNumbers,status,/)
      expect(body).toContain(`"'+15125550101","C1 C2","sent"`)
      expect(body).toContain('"Your ""order"", 9:00"')
      expect(body).toContain(`"'=HYPERLINK(""http://evil.example.com"")"`)
      expect((await csv()).body).toContain(`"'@SUM(1)"`)
      expect(body).not.toMatch(/(^|,)"?[=+@-]/m)
    })

    test('are masked for viewers', async () => {
      const { body } = await csv('', await api.keyOf('viewer', company))
      expect(body).not.toMatch(/5550101|ann@|order|HYPERLINK/)
      expect(body).toContain('a***@example.com')
    })

    test('come whole, however many there are', async () => {
      const other = await api.company()
      await rows(
        api.db,
        `INSERT INTO routes (company_id, route_id, name, service_date) VALUES (:other, 'r', 'R', '2026-12-02')`,
        { other },
      )
      await rows(
        api.db,
        `INSERT INTO notifications (company_id, route_id, internal, event, channel, address, revision, contract_numbers,
           confirmation, status, settings_version)
         SELECT :other, 'r', true, 'confirmed', 'sms', '+1512555' || n, 1, '{}', 1, 'sent', 1 FROM generate_series(1, 1700) n`,
        { other },
      )
      const { body } = await api.call('GET', `/v1/companies/${other}/notifications.csv`)
      const ids = body
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line: string) => line.split(',', 1)[0])
      expect([ids.length, new Set(ids).size]).toEqual([1_700, 1_700])
    })
  })
})
