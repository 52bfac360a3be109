import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answered, api } from '../client/api'

/** Why the API sent the browser back without a session (`?sign-in=`). */
const reasons: Record<string, string> = {
  expired: 'That took too long, or began in another browser. Please try again.',
  failed: 'The sign-in did not come through. Please try again, or ask whoever runs this console.',
  not_verified: 'Your provider has not verified your email address. Verify it there, then try again.',
  unknown: 'Nobody here has your email address. Ask an admin to add you as an operator.',
}

/** The way in by the company's own provider, where one is configured. */
export function OidcSignIn() {
  const options = useQuery({
    queryKey: ['session', 'options'],
    queryFn: () => answered(api.GET('/v1/session/options')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const reason = reasons[new URLSearchParams(location.search).get('sign-in') ?? '']
  return (
    <>
      {reason !== undefined && (
        <Alert color="red" role="alert" title="Not signed in">
          {reason}
        </Alert>
      )}
      {options.data?.oidc && (
        <Button component="a" href="/v1/session/oidc" variant="default">
          Sign in with your company account
        </Button>
      )}
    </>
  )
}
