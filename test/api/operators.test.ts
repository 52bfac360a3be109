import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { useApi } from './useApi'
import { cookieOf, useOperators } from './useOperators'

describe('operators', () => {
  const api = useApi()
  const { add, callAs, signIn } = useOperators(api)

  test('are managed by an admin, and by dispatch those of its company who are no admin', async () => {
    const company = await api.company()
    const other = await api.company()
    const { cookie } = await add({ role: 'dispatch', companyId: company })
    const admin = await add({ companyId: company })
    const foreign = await add({ role: 'viewer', companyId: other })
    let emails = 0
    const make = async (role: string, companyId?: string | null) =>
      (
        await callAs(cookie, 'POST', '/v1/operators', {
          body: { email: `made-${emails++}@example.com`, name: 'Made', role, companyId },
        })
      ).status
    expect(await make('viewer')).toBe(201)
    expect(await make('dispatch', company)).toBe(201)
    expect(await make('admin')).toBe(403)
    expect(await make('driver')).toBe(422)
    expect(await make('viewer', other)).toBe(404)
    expect(await make('viewer', null)).toBe(404)
    const { items } = (await callAs(cookie, 'GET', '/v1/operators?limit=200')).body
    expect(new Set(items.map(({ companyId }: { companyId: string }) => companyId))).toEqual(new Set([company]))
    for (const [id, status] of [
      [admin.id, 403],
      [foreign.id, 404],
    ] as const) {
      expect((await callAs(cookie, 'PATCH', `/v1/operators/${id}`, { body: { name: 'X' } })).status).toBe(status)
      expect((await callAs(cookie, 'DELETE', `/v1/operators/${id}`)).status).toBe(status)
      expect((await callAs(cookie, 'POST', `/v1/operators/${id}/password-link`)).status).toBe(status)
      expect((await callAs(cookie, 'DELETE', `/v1/operators/${id}/sessions`)).status).toBe(status)
    }
    const raised = await callAs(cookie, 'PATCH', `/v1/operators/${items.at(-1).id}`, { body: { role: 'admin' } })
    expect(raised.status).toBe(403)
  })

  test('have one account for one mailbox, and none of a company that does not exist', async () => {
    const { email } = await add()
    const body = { email: email.toUpperCase(), name: 'Twin', role: 'viewer', companyId: null }
    expect((await api.call('POST', '/v1/operators', { body })).body.code).toBe('operator_exists')
    const nowhere = await api.call('POST', '/v1/operators', {
      body: { ...body, email: 'x@example.com', companyId: 'no' },
    })
    expect([nowhere.status, nowhere.body.problems[0].path]).toEqual([422, 'companyId'])
  })

  test('are what they were made at their next call, and gone when they are removed', async () => {
    const company = await api.company()
    const { id, cookie } = await add({ role: 'dispatch', companyId: company })
    const change = () => callAs(cookie, 'PUT', `/v1/companies/${company}`, { body: { name: 'Changed' } })
    expect((await change()).status).toBe(200)
    await api.call('PATCH', `/v1/operators/${id}`, { body: { role: 'viewer' } })
    expect((await change()).status).toBe(403)
    expect((await api.call('DELETE', `/v1/operators/${id}`)).status).toBe(204)
    expect((await change()).status).toBe(401)
  })

  test('cannot lower, move or remove themselves, and may change their own name', async () => {
    const company = await api.company()
    const { id, cookie } = await add()
    const path = `/v1/operators/${id}`
    for (const body of [{ role: 'viewer' }, { companyId: company }])
      expect(await callAs(cookie, 'PATCH', path, { body })).toMatchObject({
        status: 403,
        body: { detail: 'Nobody changes their own role or company, or removes themselves. Ask another admin.' },
      })
    expect((await callAs(cookie, 'DELETE', path)).status).toBe(403)
    const renamed = await callAs(cookie, 'PATCH', path, { body: { name: 'New Name', role: 'admin', companyId: null } })
    expect(renamed).toMatchObject({ status: 200, body: { name: 'New Name', role: 'admin' } })
    expect((await callAs((await add()).cookie, 'DELETE', path)).status).toBe(204)
  })

  test('are shown with when they were last seen, and signed out everywhere by whoever manages them', async () => {
    const company = await api.company()
    const { id, email, cookie } = await add({ companyId: company })
    const second = cookieOf(await signIn(email))
    const lastSeenAt = async () => {
      const { items } = (await callAs((await add()).cookie, 'GET', '/v1/operators?limit=200')).body
      return items.find((operator: { id: string }) => operator.id === id).lastSeenAt
    }
    expect(await lastSeenAt()).toBe(new Date(api.state.now).toISOString())
    expect((await api.call('DELETE', `/v1/operators/${id}/sessions`)).status).toBe(204)
    for (const each of [cookie, second]) expect((await callAs(each, 'GET', '/v1/session')).status).toBe(401)
    expect(await lastSeenAt()).toBeUndefined()
    const { items } = (await api.call('GET', `/v1/companies/${company}/audit`)).body
    expect(items[0]).toMatchObject({ action: 'operator.signed_out', subject: id, by: { name: 'ADMIN_API_KEY' } })
    expect((await signIn(email)).status).toBe(200)
  })

  describe('by command', () => {
    async function run(more: string[], input = '') {
      const child = spawn(process.execPath, ['--import', 'tsx', 'api/operator.ts', ...more], {
        cwd: join(__dirname, '..', '..'),
        env: { PATH: process.env.PATH, DATABASE_URL: api.url },
      })
      child.stdin.end(input)
      const [stdout, stderr, [status]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit'),
      ])
      return { stdout, stderr, status }
    }
    const first = ['--email', 'First@example.com', '--name', 'First', '--role', 'admin']

    test('the first one signs in with the password that was read, or that was made', async () => {
      expect((await run(first, 'read from stdin\n')).stdout).toBe('first@example.com may sign in now.\n')
      expect((await signIn('first@example.com', 'read from stdin')).status).toBe(200)
      const { stdout } = await run(first)
      expect(stdout).toContain('first@example.com has been changed, and signed out everywhere.')
      const made = /^Password: (\S{43})$/m.exec(stdout)?.[1] ?? ''
      expect((await signIn('first@example.com', 'read from stdin')).status).toBe(401)
      expect((await signIn('first@example.com', made)).status).toBe(200)
    }, 30_000)

    test('whatever is wrong is listed, and shown as it should be', async () => {
      const { status, stderr } = await run(['--email', 'nobody', '--role', 'king'], 'short')
      expect(status).toBe(1)
      for (const words of [
        'email must be',
        'name is missing',
        'role must be',
        'password must have 12',
        'Usage: npm run operator',
      ])
        expect(stderr).toContain(words)
      expect((await run([...first, '--company', 'nowhere'])).stderr).toContain('There is no company "nowhere"')
    }, 30_000)
  })
})
