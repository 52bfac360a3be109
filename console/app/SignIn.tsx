import { Button, PasswordInput, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useSignIn } from '../client/useOperator'
import classes from './SignIn.module.css'
import { useTitle } from './useTitle'

/** Where everybody starts. */
export function SignIn() {
  useTitle('Sign in')
  const signIn = useSignIn()
  const form = useForm({ initialValues: { key: '', companyId: '' } })
  return (
    <main className={classes.page}>
      <form className={classes.form} onSubmit={form.onSubmit(({ key, companyId }) => signIn(key, companyId))}>
        <Title order={1}>Dispatch notifications</Title>
        <PasswordInput label="API key" required {...form.getInputProps('key')} />
        <TextInput label="Company" required {...form.getInputProps('companyId')} />
        <Button type="submit">Sign in</Button>
      </form>
    </main>
  )
}
