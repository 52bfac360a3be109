import { Text } from '@mantine/core'
import { Copyable } from '../../parts/Copyable'

/** The address that somebody takes to the vendor. */
export function WebhookAddress({ url, of, label }: { url: string; of: string; label: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed" mb={2}>
        {label}
      </Text>
      <Copyable text={url} what={`the webhook address for ${of}`} />
    </div>
  )
}
