import type { AroundNavHandler } from 'wouter'

/** Asked before the page that is open is left; whoever answers calls `leave`, or does not. */
interface Keeper {
  /** The page's address. */
  at: string
  ask: (leave: () => void) => void
}

let keeper: Keeper | null = null

// From the start on, so that it hears of the browser's way back before the router does. The browser has left by then, and
// is brought back first.
addEventListener('popstate', (event) => {
  if (keeper === null || location.href === keeper.at) return
  event.stopImmediatePropagation()
  history.pushState(null, '', keeper.at)
  keeper.ask(() => history.back())
})
// A tab that is closed is the browser's to ask about.
addEventListener('beforeunload', (event) => keeper !== null && event.preventDefault())

/** Lets the page that is open be asked before it is left, until what is given back is called. */
export function askBeforeLeaving(ask: Keeper['ask']): () => void {
  keeper = { at: location.href, ask }
  return () => {
    keeper = null
  }
}

/** Goes to no other page before the one that is open has been asked. For wouter's `Router`. */
export const navigateWithCare: AroundNavHandler = (navigate, to, options) => {
  if (keeper === null || new URL(to, location.href).pathname === location.pathname) navigate(to, options)
  else keeper.ask(() => navigate(to, options))
}
