import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/** Mantine's field for a password or a secret, which of itself does not say that what was entered is refused. */
export function PasswordField(props: PasswordInputProps) {
  return <PasswordInput aria-invalid={props.error ? true : undefined} {...props} />
}
