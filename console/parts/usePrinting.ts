import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Whether the page is being printed: what is left out of it for speed must then be there. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const media = window.matchMedia('print')
    // At once: the browser prints what is there when this returns.
    const changed = () => flushSync(() => setPrinting(media.matches))
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }, [])
  return printing
}
