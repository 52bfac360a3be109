import { type RefObject, useEffect, useRef } from 'react'

/** So far before it is seen. */
const margin = '800px'

/** Calls when the element comes near what is seen, and again while it stays there and the page is drawn anew. */
export function useNearby(element: RefObject<HTMLElement | null>, onNear: () => void): void {
  const latest = useRef(onNear)
  latest.current = onNear
  // Without dependencies: an observer tells once on its own, so a list that is still short asks for the next page too.
  useEffect(() => {
    if (element.current === null) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      rootMargin: margin,
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  })
}
