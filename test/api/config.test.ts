import { readApiConfig } from '../../config/apiConfig'
import { ConfigurationError } from '../../config/configurationError'
import { readWorkerConfig } from '../../config/workerConfig'

const complete = {
  DATABASE_URL: 'postgres://u:p@localhost/app',
  ADMIN_API_KEY: 'k'.repeat(32),
  ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
}
const twilio = {
  TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+15005550006',
  PUBLIC_URL: 'https://dispatch.example.com/api/',
}

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readApiConfig(environment)
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ path }) => path)
    throw error
  }
  return []
}

describe('the configuration', () => {
  test('takes a provider of OpenID Connect whole or not at all, and in the clear from localhost alone', () => {
    expect(readApiConfig(complete).oidc).toBeNull()
    expect(problemsOf({ ...complete, OIDC_ISSUER: 'https://login.example.com' })).toEqual([
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
    ])
    const oidc = { OIDC_CLIENT_ID: 'console', OIDC_CLIENT_SECRET: 'secret' }
    expect(problemsOf({ ...complete, ...oidc, OIDC_ISSUER: 'http://login.example.com' })).toEqual(['OIDC_ISSUER'])
    expect(readApiConfig({ ...complete, ...oidc, OIDC_ISSUER: 'http://localhost:1' }).oidc).toMatchObject({
      clientId: 'console',
    })
  })

  test('needs three variables; the rest has defaults', () => {
    expect(readApiConfig(complete)).toMatchObject({
      databaseUrl: 'postgres://u:p@localhost/app',
      temporal: { connectionOptions: { address: 'localhost:7233' }, namespace: 'default' },
      host: '0.0.0.0',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      twilio: null,
      smtp: null,
      logLevel: 'info',
    })
    expect(readWorkerConfig(complete).metricsPort).toBeNull()
  })

  test('that is missing or malformed is refused with every problem at once, and no value in the text', () => {
    const environment = {
      DATABASE_URL: 'mysql://secret@localhost',
      PORT: '99999',
      ENCRYPTION_KEY: 'c2hvcnQ=',
      TWILIO_AUTH_TOKEN: 'hidden-token',
      SMTP_URL: 'smtp://localhost',
      LOG_LEVEL: 'loud',
    }
    expect(problemsOf(environment).sort()).toEqual(
      [
        'DATABASE_URL',
        'PORT',
        'ADMIN_API_KEY',
        'ENCRYPTION_KEY',
        'LOG_LEVEL',
        'MAIL_FROM',
        'PUBLIC_URL',
        'TWILIO_ACCOUNT_SID',
        'TWILIO_FROM',
      ].sort(),
    )
    expect(() => readApiConfig(environment)).toThrow(
      /9 problems:\n {2}DATABASE_URL: must be the address of a PostgreSQL database/,
    )
    expect(() => readApiConfig(environment)).not.toThrow(/secret|hidden/)
  })

  test('needs the API’s address when Twilio or SMTP is configured: receipts and unsubscribe links lead there', () => {
    const smtp = { SMTP_URL: 'smtp://localhost', MAIL_FROM: 'dispatch@acme.example' }
    const { PUBLIC_URL, ...twilioAlone } = twilio
    expect(problemsOf({ ...complete, ...smtp })).toEqual(['PUBLIC_URL'])
    expect(problemsOf({ ...complete, ...twilioAlone })).toEqual(['PUBLIC_URL'])
    expect(() => readWorkerConfig({ ...complete, ...smtp })).toThrow(/PUBLIC_URL: is missing, although SMTP/)
    expect(problemsOf({ ...complete, ...smtp, PUBLIC_URL })).toEqual([])
  })

  test('treats an empty variable as absent', () => {
    expect(readApiConfig({ ...complete, PORT: '', TWILIO_FROM: ' ', SMTP_URL: '' })).toMatchObject({
      port: 3000,
      twilio: null,
      smtp: null,
    })
  })

  test('takes one sender of texts', () => {
    expect(readApiConfig({ ...complete, ...twilio })).toMatchObject({
      twilio: { sender: { from: '+15005550006' }, apiUrl: null },
      publicUrl: 'https://dispatch.example.com/api',
    })
    const { TWILIO_FROM: _, ...rest } = twilio
    const service = { TWILIO_MESSAGING_SERVICE_SID: `MG${'b'.repeat(32)}` }
    expect(readApiConfig({ ...complete, ...rest, ...service }).twilio?.sender).toEqual({
      messagingServiceSid: service.TWILIO_MESSAGING_SERVICE_SID,
    })
    expect(problemsOf({ ...complete, ...twilio, ...service })).toEqual(['TWILIO_FROM'])
  })

  test('takes the keys that have sealed before, after the one that seals', () => {
    const keys = [1, 2, 3].map((n) => Buffer.alloc(32, n))
    const [first = '', second = '', third = ''] = keys.map((key) => key.toString('base64'))
    const set = { ...complete, ENCRYPTION_KEY: first, PREVIOUS_ENCRYPTION_KEYS: `${second}, ${third}` }
    expect(readApiConfig(set).encryptionKeys).toEqual(keys)
    expect(readWorkerConfig({ ...complete, ENCRYPTION_KEY: first }).encryptionKeys).toEqual(keys.slice(0, 1))
    expect(problemsOf({ ...set, PREVIOUS_ENCRYPTION_KEYS: `${second},c2hvcnQ=` })).toEqual(['PREVIOUS_ENCRYPTION_KEYS'])
  })

  test('believes nobody’s X-Forwarded-For but that of the proxies named', () => {
    const trusted = (value: string) => readApiConfig({ ...complete, TRUST_PROXY: value }).trustProxy
    expect(readApiConfig(complete).trustProxy).toBe(0)
    expect(trusted('2')).toBe(2)
    expect(trusted('10.0.0.0/8, loopback,2001:db8::/32,192.0.2.7')).toEqual([
      '10.0.0.0/8',
      'loopback',
      '2001:db8::/32',
      '192.0.2.7',
    ])
    for (const value of ['true', '*', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example.com', '10.0.0.0/'])
      expect([value, problemsOf({ ...complete, TRUST_PROXY: value })]).toEqual([value, ['TRUST_PROXY']])
  })

  test('has limits that a dispatch back end never meets, and takes others', () => {
    expect(readApiConfig(complete).limits).toEqual({ failedAuthentications: 60, requests: 12_000 })
    const set = { RATE_LIMIT_FAILED_AUTHENTICATIONS: '0', RATE_LIMIT_REQUESTS: '100' }
    expect(readApiConfig({ ...complete, ...set }).limits).toEqual({ failedAuthentications: 0, requests: 100 })
    expect(problemsOf({ ...complete, RATE_LIMIT_REQUESTS: '-1' })).toEqual(['RATE_LIMIT_REQUESTS'])
  })

  test('leaves Temporal’s variables to Temporal’s library', () => {
    const { temporal } = readApiConfig({
      ...complete,
      TEMPORAL_ADDRESS: 'ns.acct.tmprl.cloud:7233',
      TEMPORAL_NAMESPACE: 'ns.acct',
      TEMPORAL_API_KEY: 'key',
    })
    expect(temporal).toMatchObject({
      namespace: 'ns.acct',
      connectionOptions: { address: 'ns.acct.tmprl.cloud:7233', apiKey: 'key', tls: true },
    })
    expect(
      problemsOf({ ...complete, TEMPORAL_CONFIG_FILE: '/nowhere/at/all.toml', TEMPORAL_PROFILE: 'missing' }),
    ).toEqual(['TEMPORAL_*'])
  })
})
