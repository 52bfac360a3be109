import { z } from 'zod'
import { loggedError } from '../../domain/loggedError'

describe('an error in a log', () => {
  test('has its kind, its words and its place', () => {
    const logged = loggedError(new TypeError('x is not a function'))
    expect(logged).toMatchObject({ type: 'TypeError', message: 'x is not a function' })
    expect(logged.frames[0]).toMatch(/^at .*loggedError\.test\.ts:\d+:\d+\)?$/)
  })

  test('has no address and no key, wherever they stand in its words', () => {
    const { message } = loggedError(
      new Error('To <ann@example.com>, +1 512 555-0142 or +15125550142 with dn_abc-123 and Bearer xyz'),
    )
    expect(message).toBe('To <***>, *** or *** with *** and ***')
  })

  test('of a database, a parser, a schema or a provider has no words at all', () => {
    const parse = () => {
      try {
        return JSON.parse('{"name": Ann}')
      } catch (error) {
        return error
      }
    }
    const errors = [
      parse(),
      z.strictObject({ name: z.number() }).safeParse({ Ann: 1 }).error,
      Object.assign(new Error('Key (address)=(Ann) exists'), {
        code: '23505',
        severity: 'ERROR',
        detail: 'Ann',
        table: 't',
      }),
      Object.assign(new Error("The 'To' number Ann is not valid"), { status: 400, code: 21211, moreInfo: 'https://…' }),
      Object.assign(new Error('550 Ann is unknown'), { responseCode: 550, response: '550 Ann', code: 'EENVELOPE' }),
    ]
    for (const error of errors) expect(JSON.stringify(loggedError(error))).not.toContain('Ann')
    expect(loggedError(errors[2])).toMatchObject({ code: '23505', table: 't' })
    expect(loggedError(errors[3])).toMatchObject({ code: 21211, status: 400 })
  })

  test('tells of a connection where to', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
      address: '127.0.0.1',
      port: 9,
    })
    expect(loggedError(refused)).toMatchObject({ code: 'ECONNREFUSED', host: '127.0.0.1', port: 9 })
  })

  test('tells its causes, but not for ever, and takes whatever was thrown', () => {
    const circle = new Error('circle')
    circle.cause = circle
    expect(JSON.stringify(loggedError(circle)).match(/circle/g)?.length).toBeLessThan(30)
    const many = new AggregateError([new Error('first'), new Error('second')], 'all')
    expect(loggedError(many).errors?.map(({ message }) => message)).toEqual(['first', 'second'])
    expect(loggedError('Ann Smith')).toEqual({ type: 'string', frames: [] })
    expect(loggedError(undefined)).toEqual({ type: 'undefined', frames: [] })
  })
})
