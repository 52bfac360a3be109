import type { FormEvent } from 'react'
import { answered, api, type Shown } from '../../client/api'
import { FormDialog } from '../../parts/FormDialog'
import { useChange } from '../../parts/useChange'
import { PasswordLink } from './PasswordLink'

interface OfOperator {
  operator: Shown['Operator']
  onClose: () => void
}

const makesOld = [['operators']]

/** Makes a new link by which an operator sets a password, and shows it, once. */
export function LinkDialog({ operator: { id, name }, onClose }: OfOperator) {
  const make = useChange({
    change: () => answered(api.POST('/v1/operators/{id}/password-link', { params: { path: { id } } })),
    makesOld,
  })
  if (make.data !== undefined) return <PasswordLink name={name} link={make.data} onClose={onClose} />
  return (
    <FormDialog
      title={`Make a password link for ${name}?`}
      does="Make the link"
      onClose={onClose}
      onSubmit={withoutReload(() => make.mutate())}
      pending={make.isPending}
      error={make.error}
    >
      <p>A link that was made before stops working. The password that {name} has works until the new one is set.</p>
    </FormDialog>
  )
}

/** Ends every session of an operator. */
export function SignOutDialog({ operator: { id, name }, onClose }: OfOperator) {
  const signOut = useChange({
    change: () => answered(api.DELETE('/v1/operators/{id}/sessions', { params: { path: { id } } })),
    makesOld,
    done: () => `${name} is signed out everywhere.`,
  })
  return (
    <FormDialog
      title={`Sign ${name} out everywhere?`}
      does="Sign out"
      onClose={onClose}
      onSubmit={withoutReload(() => signOut.mutate(undefined, { onSuccess: onClose }))}
      pending={signOut.isPending}
      error={signOut.error}
    >
      <p>Every browser has to sign in again. Whoever knows the password still can: make a new password link as well.</p>
    </FormDialog>
  )
}

/** Removes an operator. */
export function RemoveDialog({ operator: { id, name }, onClose }: OfOperator) {
  const remove = useChange({
    change: () => answered(api.DELETE('/v1/operators/{id}', { params: { path: { id } } })),
    makesOld,
    done: () => `${name} is no operator any more.`,
  })
  return (
    <FormDialog
      title={`Remove ${name}?`}
      does="Remove"
      danger
      onClose={onClose}
      onSubmit={withoutReload(() => remove.mutate(undefined, { onSuccess: onClose }))}
      pending={remove.isPending}
      error={remove.error}
    >
      <p>
        {name} is signed out everywhere and cannot sign in again. What {name} has done stays on record.
      </p>
    </FormDialog>
  )
}

const withoutReload = (act: () => void) => (event?: FormEvent<HTMLFormElement>) => {
  event?.preventDefault()
  act()
}
