/**
 * Keeps this very page and its assets on the phone, so that it opens without a connection; the worker of
 * public/driverWorker.js answers with them. Browsers without one, and pages that are not https, go on without.
 */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/d/worker.js')
  const assets = [...document.querySelectorAll<HTMLElement>('script[src], link[href]')]
  const addresses = assets.map((asset) => asset.getAttribute('src') ?? asset.getAttribute('href') ?? '')
  const page = await fetch(location.href)
  if (!page.ok) return
  const cache = await caches.open('driver-page')
  await cache.put('/d/', page)
  await cache.addAll(addresses)
  const kept = new Set(['/d/', ...addresses])
  for (const { url } of await cache.keys()) if (!kept.has(new URL(url).pathname)) await cache.delete(url)
}
