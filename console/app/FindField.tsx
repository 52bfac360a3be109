import { TextInput } from '@mantine/core'
import { useRef } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { useKeys } from '../parts/useKeys'
import classes from './Menu.module.css'

/** From every page to whatever is known of a customer, by whatever somebody on the phone says. `f` goes to it. */
export function FindField({ onFind }: { onFind: () => void }) {
  const [, navigate] = useLocation()
  const [params] = useSearchParams()
  const field = useRef<HTMLInputElement>(null)
  useKeys({ f: () => field.current?.focus() })
  return (
    <search className={classes.find}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const q = field.current?.value.trim() ?? ''
          if (q === '') return
          navigate(`/find?${new URLSearchParams({ q })}`)
          onFind()
        }}
      >
        <TextInput
          ref={field}
          type="search"
          aria-label="Find a customer"
          title="By name, phone, email, contract or street"
          placeholder="Find a customer  ( f )"
          // A page's own search has the same name in the address.
          defaultValue={location.pathname.endsWith('/find') ? (params.get('q') ?? '') : ''}
        />
      </form>
    </search>
  )
}
