import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { PageHead } from '../parts/PageHead'
import { useTitle } from './useTitle'

/** For an address that is no page. */
export function NotFound() {
  useTitle('Not found')
  return (
    <>
      <PageHead title="There is no such page" about="The address may be mistyped, or the page has moved." />
      <Anchor component={Link} href="~/">
        Back to the start
      </Anchor>
    </>
  )
}
