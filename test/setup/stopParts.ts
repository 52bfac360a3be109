/** jest's globalTeardown: ends what `startParts` started. */
export default async function stopParts(): Promise<void> {
  await globalThis.sharedParts?.stop()
}
