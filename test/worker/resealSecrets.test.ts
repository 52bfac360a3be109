import { createCipheriv, randomBytes } from 'node:crypto'
import { getIntegration, listSealed, putIntegration, replaceSealed } from '../../db/integrations'
import { openSecret, sealSecret } from '../../integrations/secrets/integrationSecrets'
import { resealSecrets } from '../../worker/resealSecrets'
import { seedCompany } from '../db/seed'
import { useDatabase } from '../db/useDatabase'

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)]
const vendor = 'samsara'

/** As it was sealed before a secret said by which key: nonce, ciphertext, tag. */
function sealedWithoutMark(secret: string, key: Buffer, place: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  return Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

describe('secrets after a change of the key', () => {
  const database = useDatabase()
  const place = (companyId: string, field: 'webhookSecret' | 'apiToken') => ({ companyId, vendor, field }) as const

  beforeEach(() => database.db('integrations').delete())

  async function stored(): Promise<string> {
    const companyId = await seedCompany(database.db)
    await putIntegration(database.db, companyId, {
      vendor,
      webhookSecret: sealSecret('hush', [oldKey], place(companyId, 'webhookSecret')),
      apiToken: sealedWithoutMark('token', oldKey, `integrations/${companyId}/${vendor}/apiToken`),
      apiUrl: null,
      handOffUrl: null,
    })
    return companyId
  }
  async function opened(companyId: string, keys: Buffer[]): Promise<string[]> {
    const { webhookSecret, apiToken } = (await getIntegration(database.db, companyId, vendor)) ?? {}
    return [
      openSecret(webhookSecret ?? Buffer.alloc(0), keys, place(companyId, 'webhookSecret')),
      openSecret(apiToken ?? Buffer.alloc(0), keys, place(companyId, 'apiToken')),
    ]
  }

  test('are opened by the previous key, and sealed again by the new one', async () => {
    const companyId = await stored()
    expect(await opened(companyId, [newKey, oldKey])).toEqual(['hush', 'token'])
    await expect(opened(companyId, [newKey])).rejects.toThrow('PREVIOUS_ENCRYPTION_KEYS')
    expect(await resealSecrets(database.db, [newKey, oldKey])).toBe(1)
    expect(await opened(companyId, [newKey])).toEqual(['hush', 'token'])
    expect(await resealSecrets(database.db, [newKey, oldKey])).toBe(0)
  })

  test('that no key opens stay as they are, and it is said', async () => {
    const companyId = await stored()
    await expect(resealSecrets(database.db, [newKey])).rejects.toThrow(companyId)
    expect(await opened(companyId, [oldKey])).toEqual(['hush', 'token'])
  })

  test('that somebody stores meanwhile stay as they were stored', async () => {
    const companyId = await stored()
    const [read] = (await listSealed(database.db)).filter((account) => account.companyId === companyId)
    const webhookSecret = sealSecret('newer', [newKey], place(companyId, 'webhookSecret'))
    await putIntegration(database.db, companyId, { vendor, webhookSecret, apiUrl: null, handOffUrl: null })
    expect(read && (await replaceSealed(database.db, read, read))).toBe(false)
    expect(await opened(companyId, [newKey, oldKey])).toEqual(['newer', 'token'])
  })

  test('open nowhere but in their place', async () => {
    const sealed = sealSecret('hush', [newKey], place('acme', 'webhookSecret'))
    expect(() => openSecret(sealed, [newKey], place('acme', 'apiToken'))).toThrow()
    expect(() => openSecret(sealed, [newKey], place('other', 'webhookSecret'))).toThrow()
    expect(sealed.toString('latin1')).not.toContain('hush')
  })
})
