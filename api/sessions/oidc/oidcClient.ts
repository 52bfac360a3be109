import * as client from 'openid-client'
import type { OidcConfig } from '../../../config/oidcConfig'

/** What a sign-in began with, and its end is held against. */
export interface OidcChecks {
  state: string
  nonce: string
  /** Of PKCE. */
  verifier: string
}

/** The provider of OpenID Connect at which operators sign in. Everything throws when it is away or refuses. */
export interface OidcClient {
  /** Where the operator is sent. */
  begin(checks: OidcChecks): Promise<string>
  /** The email of whoever came back to `url` with a code; null for one that the provider has not verified. */
  verifiedEmail(url: string, checks: OidcChecks): Promise<string | null>
}

/** Fresh checks for one sign-in. */
export function newChecks(): OidcChecks {
  return { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
}

/** The provider's client; its document is read when it is first needed, and again after a failure. */
export function createOidcClient({ issuer, clientId, clientSecret }: OidcConfig, redirectUri: string): OidcClient {
  const url = new URL(issuer)
  // The configuration allows it for localhost alone.
  const execute = url.protocol === 'http:' ? [client.allowInsecureRequests] : []
  let discovered: Promise<client.Configuration> | null = null

  function provider(): Promise<client.Configuration> {
    discovered ??= client
      .discovery(url, clientId, clientSecret, undefined, { execute, timeout: 10 })
      .catch((error: unknown) => {
        discovered = null
        throw error
      })
    return discovered
  }

  return {
    async begin({ state, nonce, verifier }) {
      const parameters = {
        redirect_uri: redirectUri,
        scope: 'openid email',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      }
      return client.buildAuthorizationUrl(await provider(), parameters).href
    },
    async verifiedEmail(called, { state, nonce, verifier }) {
      const config = await provider()
      const tokens = await client.authorizationCodeGrant(config, new URL(called), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const identity = tokens.claims()
      if (identity === undefined) return null
      // Some providers put the email into the token, others tell it on request alone.
      const { email, email_verified: verified } =
        identity.email === undefined ? await client.fetchUserInfo(config, tokens.access_token, identity.sub) : identity
      return typeof email === 'string' && verified === true ? email : null
    },
  }
}
