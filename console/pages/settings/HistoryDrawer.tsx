import { Button, Drawer, Group } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { Empty } from '../../parts/Empty'
import { Failed } from '../../parts/Failed'
import { Loading } from '../../parts/Loading'
import { Moment } from '../../parts/Moment'
import { Problem } from '../../parts/Problem'
import { Differences } from './Differences'
import { EffectView } from './EffectView'
import classes from './settings.module.css'
import { type SavedSettings, withChanges } from './settingsDocument'
import { useEffectOf } from './useEffectOf'

interface HistoryProps {
  current: SavedSettings
  /** Whether a version may be restored: not over changes that are not saved. */
  mayRestore: boolean
  restored: (settings: SavedSettings) => void
  close: () => void
}

/** Who changed what and when, the latest first, and the way back. */
export function HistoryDrawer({ current, mayRestore, restored, close }: HistoryProps) {
  const { companyId, mayChange } = useCompany()
  const [asked, ask] = useState<number | null>(null)
  const versions = useInfiniteQuery({
    queryKey: ['settings-versions', companyId, current.version],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/v1/companies/{companyId}/settings/versions', {
          params: { path: { companyId }, query: { limit: 20, ...(pageParam !== '' && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  const items = versions.data?.pages.flatMap((page) => page.items) ?? []
  /** The document of a version: the current one with everything undone that came after it. */
  const documentOf = (version: number) =>
    items
      .filter((item) => item.version > version)
      .reduce((document, { changes }) => withChanges(document, changes, 'from'), current.settings)
  return (
    <Drawer opened onClose={close} title="History" position="right" size="lg">
      {versions.isPending && <Loading what="the history" />}
      {versions.isError && <Failed error={versions.error} retry={versions.refetch} />}
      {versions.isSuccess && items.length === 0 && (
        <Empty title="These are the defaults: nothing has been saved yet." />
      )}
      {!mayRestore && mayChange && items.length > 1 && (
        <p className={classes.about}>
          To restore a version, press OK or Cancel first: there are changes that are not saved.
        </p>
      )}
      <ol className={classes.versions}>
        {items.map(({ version, changedBy, changedAt, changes }) => (
          <li key={version}>
            <h3>
              Version {version}
              {version === current.version && ' (current)'}
            </h3>
            <p className={classes.about}>
              {changedBy}, <Moment at={changedAt} relative />
            </p>
            <Differences changes={changes} />
            {version !== current.version && mayChange && mayRestore && asked !== version && (
              <Button variant="default" size="compact-sm" onClick={() => ask(version)}>
                Restore version {version}
              </Button>
            )}
            {asked === version && (
              <Restore {...{ version, current, restored }} document={documentOf(version)} cancel={() => ask(null)} />
            )}
          </li>
        ))}
      </ol>
      {versions.hasNextPage && (
        <Button variant="default" loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Drawer>
  )
}

interface RestoreProps extends Pick<HistoryProps, 'current' | 'restored'> {
  version: number
  document: SavedSettings['settings']
  cancel: () => void
}

/** What restoring would do, before it is done. */
function Restore({ version, document, current, restored, cancel }: RestoreProps) {
  const { companyId } = useCompany()
  const effect = useEffectOf(document)
  const restore = useMutation({
    mutationFn: () =>
      answered(
        api.POST('/v1/companies/{companyId}/settings/restore', {
          params: { path: { companyId } },
          headers: { 'If-Match': `"${current.version}"` },
          body: { version },
        }),
      ),
    onSuccess: restored,
  })
  return (
    <fieldset className={classes.restoring} aria-label={`Restore version ${version}`}>
      {effect.isPending && <p role="status">Working out what would change …</p>}
      {effect.data !== undefined && <EffectView effect={effect.data} />}
      {restore.isError && <Problem error={restore.error} />}
      <Group gap="xs">
        <Button
          size="compact-sm"
          loading={restore.isPending}
          disabled={effect.isPending}
          onClick={() => restore.mutate()}
        >
          Restore
        </Button>
        <Button size="compact-sm" variant="default" onClick={cancel}>
          Do not restore
        </Button>
      </Group>
    </fieldset>
  )
}
