import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/**
 * Mantine's field for a password or a secret, which of itself neither says that what was entered is refused, nor lets the
 * keyboard show it.
 */
export function PasswordField(props: PasswordInputProps) {
  return <PasswordInput aria-invalid={props.error ? true : undefined} visibilityToggleFocusable {...props} />
}
