/** One event of a `text/event-stream`. */
export interface ServerEvent {
  event: string
  data: string
}

/**
 * Reads a stream of server-sent events piece by piece. Unlike the browser's own EventSource it also says that something
 * came at all: without the comments that the API sends as signs of life, a connection that has died quietly looks like a
 * quiet day.
 */
export function createEventReader(onEvent: (event: ServerEvent) => void): (piece: string) => void {
  let rest = ''
  return (piece) => {
    const blocks = (rest + piece).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line))
      const fieldNamed = (name: string) => fields.find((field) => field?.[1] === name)?.[2]
      const data = fieldNamed('data')
      if (data !== undefined) onEvent({ event: fieldNamed('event') ?? 'message', data })
    }
  }
}
