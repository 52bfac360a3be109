import { TextInput } from '@mantine/core'
import { useRef } from 'react'
import { useSearchParams } from 'wouter'
import { useCompany } from '../../app/company'
import { useNow } from '../../client/serverClock'
import { Answered } from '../../parts/Answered'
import { DayPicker } from '../../parts/DayPicker'
import { PageHead } from '../../parts/PageHead'
import { useKeys } from '../../parts/useKeys'
import { Board } from './Board'
import { useDay } from './useDay'

/** The routes of a day: what needs attention first, what happens next, and what can be done about it. */
export default function RoutesPage() {
  const { times } = useCompany()
  const [params, setParams] = useSearchParams()
  const day = useDay(params.get('day'))
  const today = times.date(useNow())
  const search = useRef<HTMLInputElement>(null)
  const sought = params.get('q') ?? ''
  useKeys({ '/': () => search.current?.focus() })

  const set = (name: string, value: string | null) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === null || value === '') after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: name === 'q' },
    )

  const shown = day.data?.serviceDate ?? params.get('day') ?? today
  return (
    <>
      <PageHead title="Routes" about={`${times.dayOfDate(shown)}${shown === today ? ', today' : ''}`}>
        <DayPicker day={shown} today={today} onChange={(chosen) => set('day', chosen === today ? null : chosen)} />
        <TextInput
          ref={search}
          type="search"
          aria-label="Search the routes"
          placeholder="Search  ( / )"
          w={200}
          value={sought}
          onChange={(event) => set('q', event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            set('q', null)
            event.currentTarget.blur()
          }}
        />
      </PageHead>
      <Answered query={day} what="the routes">
        {({ routes }) => <Board routes={routes} sought={sought} />}
      </Answered>
    </>
  )
}
