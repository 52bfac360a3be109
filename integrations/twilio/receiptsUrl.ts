import { BlockList, isIP } from 'node:net'

/** Names that mean nothing outside of one's own network (RFC 6761, 6762, 8375, 9476); Twilio refuses an underscore, too. */
const privateName = /(^|\.)(localhost|local|internal|test|invalid|home\.arpa)$|_/

const privateAddresses = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateAddresses.addSubnet(network, prefix)
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateAddresses.addSubnet(network, prefix, 'ipv6')

/**
 * Where Twilio is to send its receipts; null when it could not reach the address: it then refuses the whole message (error
 * 21609), so none is given. A server in Twilio's place (`apiUrl`) runs beside us and reaches any.
 */
export function receiptsUrl(publicUrl: string, apiUrl: string | null): string | null {
  return apiUrl !== null || isReachable(new URL(publicUrl)) ? `${publicUrl}/v1/webhooks/twilio/status` : null
}

function isReachable({ protocol, hostname }: URL): boolean {
  if (protocol !== 'https:') return false
  const host = hostname.replace(/^\[|\]$/g, '')
  const version = isIP(host)
  if (version !== 0) return !privateAddresses.check(host, version === 4 ? 'ipv4' : 'ipv6')
  return host.includes('.') && !privateName.test(host)
}
