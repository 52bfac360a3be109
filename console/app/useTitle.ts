import { useEffect } from 'react'

/** Names the document after the page that is open. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Dispatch notifications`
  }, [title])
}
