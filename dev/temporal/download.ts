/**
 * Downloads a file of some megabytes, with a line of progress at each quarter. Gives up after 10 minutes.
 *
 * @throws Error that names the host and the reason
 */
export async function download(url: string | URL, log: (line: string) => void): Promise<Buffer> {
  const response = await get(url, 600_000)
  const total = Number(response.headers.get('content-length'))
  const chunks: Uint8Array[] = []
  let [received, quarter] = [0, 1]
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    received += chunk.length
    if (total > 0 && quarter < 4 && received >= (total * quarter) / 4) {
      log(`  ${Math.round(received / 1e6)} of ${Math.round(total / 1e6)} MB`)
      quarter = Math.floor((received / total) * 4) + 1
    }
  }
  return Buffer.concat(chunks)
}

/** GET that throws, naming the host, on anything but 2xx. */
export async function get(url: string | URL, withinMs: number): Promise<Response> {
  const { host } = new URL(url)
  const response = await fetch(url, { signal: AbortSignal.timeout(withinMs) }).catch((error: Error) => {
    // fetch says only "fetch failed"; its cause names the reason.
    throw new Error(`${host}: ${error.cause instanceof Error ? error.cause.message : error.message}`)
  })
  if (!response.ok) throw new Error(`${host} answered ${response.status} to GET ${new URL(url).pathname}`)
  return response
}
