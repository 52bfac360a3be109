import type { VariableReader } from './readVariables'

/** A provider of OpenID Connect at which operators may sign in, and this product as its client. */
export interface OidcConfig {
  issuer: string
  clientId: string
  clientSecret: string
}

const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

/** All three or none. */
export function readOidc(reader: VariableReader): OidcConfig | null {
  const issuer = reader.optional('OIDC_ISSUER')
  const clientId = reader.optional('OIDC_CLIENT_ID')
  const clientSecret = reader.optional('OIDC_CLIENT_SECRET')
  const given = names.filter((name) => reader.isSet(name))
  if (given.length === 0) return null
  for (const name of names)
    if (!reader.isSet(name)) reader.problem(name, `is missing, although ${given.join(' and ')} is set; set all or none`)
  return { issuer: issuer ?? '', clientId: clientId ?? '', clientSecret: clientSecret ?? '' }
}
