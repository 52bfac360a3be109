import { AppShell, Burger } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { CompanySwitch } from './CompanySwitch'
import { ConnectionBanner } from './ConnectionBanner'
import { FindField } from './FindField'
import { Menu } from './Menu'
import { OperatorMenu } from './OperatorMenu'
import classes from './Shell.module.css'
import { ZoneClock } from './ZoneClock'

/** The frame of every page: whose company it is, what time it is there, where one can go. */
export function Shell({ children }: { children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure()
  const main = useRef<HTMLElement>(null)
  const [location] = useLocation()
  const first = useRef(true)

  // A new page is read from its start; the very first one keeps the browser's own focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the address that says that the page is new
  useEffect(() => {
    close()
    if (first.current) first.current = false
    else main.current?.focus({ preventScroll: true })
  }, [location])

  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 196, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      transitionDuration={0}
    >
      <AppShell.Header className={classes.header}>
        <a href="#main" className={classes.skip}>
          Skip to the page
        </a>
        <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Pages" aria-expanded={opened} />
        <CompanySwitch />
        <ZoneClock />
        <OperatorMenu />
      </AppShell.Header>
      <AppShell.Navbar className={classes.rail} aria-label="Pages">
        <FindField onFind={close} />
        <Menu />
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <ConnectionBanner />
        {children}
      </AppShell.Main>
    </AppShell>
  )
}
