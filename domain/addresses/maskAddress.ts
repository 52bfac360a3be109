/**
 * A recipient as viewers and drivers see one: `+1******1234`, `j***@example.com`. Anything that is neither a phone
 * number nor an email address is hidden whole.
 */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (at > 0) return `${[...address][0]}***${address.slice(at)}`
  if (!/^\+\d{7,}$/.test(address)) return '***'
  return address.slice(0, 2) + '*'.repeat(address.length - 6) + address.slice(-4)
}
