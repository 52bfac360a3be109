import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useLocation } from 'wouter'
import { useSignIn } from '../client/session'
import { fieldErrors } from '../parts/fieldErrors'
import { PasswordField } from '../parts/PasswordField'
import { Problem } from '../parts/Problem'
import { Doorway } from './Doorway'

/** Characters of a password; the API refuses a shorter one as well. */
const fewest = 12

/** Where a one-time link leads: its token stands behind `#`, which no server and no log sees. */
export function SetPassword() {
  const [, navigate] = useLocation()
  const signIn = useSignIn()
  const form = useForm({
    initialValues: { password: '', again: '' },
    validate: {
      password: (password) => (password.length >= fewest ? null : `Must have at least ${fewest} characters.`),
      again: (again, { password }) => (again === password ? null : 'The two are not the same.'),
    },
  })
  const submit = form.onSubmit(({ password }) =>
    signIn.mutate(
      { token: location.hash.slice(1), password },
      { onSuccess: () => navigate('/', { replace: true }), onError: (error) => form.setErrors(fieldErrors(error)) },
    ),
  )
  return (
    <Doorway title="Set your password" onSubmit={submit}>
      {signIn.isError && <Problem error={signIn.error} shownElsewhere={['password']} />}
      <PasswordField
        label="New password"
        description={`${fewest} characters or more; a few words are better than one strange one.`}
        autoComplete="new-password"
        required
        withAsterisk={false}
        {...form.getInputProps('password')}
      />
      <PasswordField
        label="Once more"
        autoComplete="new-password"
        required
        withAsterisk={false}
        {...form.getInputProps('again')}
      />
      <Button type="submit" loading={signIn.isPending}>
        Set it and sign in
      </Button>
    </Doorway>
  )
}
