/** This machine itself, where a bridge to a vendor, or a stand-in, may listen without a certificate. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Why an address that a company gave may not be called; null when it may. What goes there is signed or carries a token, so
 * it goes encrypted.
 */
export function vendorAddressProblem(address: string): string | null {
  if (!URL.canParse(address)) return 'must be a URL, such as https://telematics.example.com/routes'
  const { protocol, hostname, username, password } = new URL(address)
  if (username !== '' || password !== '') return 'must not hold a user name or password'
  if (protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname))) return null
  return 'must begin with https://; http:// is for localhost alone'
}
