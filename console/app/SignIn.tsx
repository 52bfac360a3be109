import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useSignIn } from '../client/session'
import { PasswordField } from '../parts/PasswordField'
import { Problem } from '../parts/Problem'
import { Doorway } from './Doorway'
import { OidcSignIn } from './OidcSignIn'

/** Where everybody starts. */
export function SignIn() {
  const signIn = useSignIn()
  const form = useForm({ initialValues: { email: '', password: '' } })
  return (
    <Doorway title="Sign in" onSubmit={form.onSubmit((by) => signIn.mutate(by))}>
      {signIn.isError && <Problem error={signIn.error} />}
      <TextInput
        label="Email"
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus
        {...form.getInputProps('email')}
      />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        {...form.getInputProps('password')}
      />
      <Button type="submit" loading={signIn.isPending}>
        Sign in
      </Button>
      <OidcSignIn />
    </Doorway>
  )
}
