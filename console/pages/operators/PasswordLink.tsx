import type { Shown } from '../../client/api'
import { Moment } from '../../parts/Moment'
import { ShownOnce } from '../../parts/ShownOnce'

/** The link by which an operator sets a password, to be handed on by whoever made it. */
export function PasswordLink({
  name,
  link: { url, expiresAt },
  onClose,
}: {
  name: string
  link: Shown['PasswordLink']
  onClose: () => void
}) {
  return (
    <ShownOnce title={`A password link for ${name}`} secret={url} onClose={onClose}>
      <p>
        Copy it now, and send it to {name} alone: whoever opens it sets the password. It works once, until{' '}
        <Moment at={expiresAt} />, and is shown this once.
      </p>
    </ShownOnce>
  )
}
