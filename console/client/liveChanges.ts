import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { heard, notHeard } from './connection'
import { createEventReader } from './serverEvents'
import { signedOut } from './session'
import { isStale } from './staleKeys'

/** Longer than two of the API's signs of life. */
const silentMs = 35_000
const reconnectMs = 2_000
/** So long changes are collected before what they touch is read again. */
const collectMs = 700

/**
 * Listens to what changes in a company, and has everything that may be out of date read again. Connects again for ever; the
 * banner says when nothing has come. The first event of each connection is a refresh, so nothing is missed in between.
 */
export function useLiveChanges(companyId: string): void {
  const queries = useQueryClient()
  useEffect(() => {
    const ended = new AbortController()
    const pending = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined

    function flush(): void {
      timer = undefined
      const events = [...pending]
      pending.clear()
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => events.some((event) => isStale(queryKey, companyId, event)),
      })
    }

    async function listen(): Promise<void> {
      const url = `/v1/companies/${encodeURIComponent(companyId)}/changes`
      while (!ended.signal.aborted) {
        const status = await hearFrom(url, ended.signal, (event) => {
          pending.add(event)
          timer ??= setTimeout(flush, collectMs)
        }).catch(() => 0)
        if (ended.signal.aborted) return
        if (status === 401) return signedOut(queries)
        notHeard()
        await new Promise((resolve) => setTimeout(resolve, reconnectMs))
      }
    }

    void listen()
    return () => {
      ended.abort()
      clearTimeout(timer)
    }
  }, [companyId, queries])
}

/** Reads one connection until it ends or falls silent; gives the status that it began with. */
async function hearFrom(url: string, ended: AbortSignal, onEvent: (event: string) => void): Promise<number> {
  const silent = new AbortController()
  let alarm = setTimeout(() => silent.abort(), silentMs)
  // A stream that was open when the network went away may never learn of it.
  addEventListener('offline', () => silent.abort(), { signal: silent.signal, once: true })
  try {
    const response = await fetch(url, { signal: AbortSignal.any([ended, silent.signal]) })
    if (!response.ok || response.body === null) return response.status
    const read = createEventReader(({ event }) => onEvent(event))
    const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
      clearTimeout(alarm)
      alarm = setTimeout(() => silent.abort(), silentMs)
      heard()
      read(piece.value)
    }
    return response.status
  } finally {
    clearTimeout(alarm)
    // Also forgets the listener.
    silent.abort()
  }
}
