import { once } from 'node:events'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

/**
 * A certified provider of OpenID Connect as a process of its own: `node oidcProvider.mjs REDIRECT_URI` prints its port. Whoever signs in
 * is who they say; an email that begins with "unverified" has not been verified.
 */
const [redirectUri] = process.argv.slice(2)
const server = createServer().listen(0, 'localhost')
await once(server, 'listening')
const { port } = server.address()
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id: 'console', client_secret: 'secret-of-the-console', redirect_uris: [redirectUri] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  pkce: { required: () => true },
  findAccount: (_context, email) => ({
    accountId: email,
    claims: () => ({ sub: email, email, email_verified: !email.startsWith('unverified') }),
  }),
  // Nobody is asked for consent: it is the company's own provider.
  async loadExistingGrant(context) {
    const { client, session } = context.oidc
    const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope('openid email')
    await grant.save()
    return grant
  },
})
server.on('request', provider.callback())
process.stdout.write(`${port}\n`)
