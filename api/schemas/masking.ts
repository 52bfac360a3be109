import { maskAddress } from '../../domain/addresses/maskAddress'
import type { Caller } from '../auth/caller'

const mask = '***'

/** What a caller may see of the people who are told: viewers and drivers see that there is something, not what. */
export function masksFor({ role }: Caller) {
  const hides = role === 'viewer' || role === 'driver'
  return {
    hides,
    address: (address: string) => (hides ? maskAddress(address) : address),
    name: (name: string) => (hides && name !== '' ? `${[...name][0]}${mask}` : name),
    text: (text: string) => (hides ? mask : text),
  }
}
