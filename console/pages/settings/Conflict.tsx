import { Button, Group, Title } from '@mantine/core'
import { Differences } from './Differences'
import classes from './settings.module.css'
import { changesBetween, rebase, type SavedSettings, type SettingsDocument } from './settingsDocument'
import { fieldName } from './settingsWords'

interface ConflictProps {
  base: SavedSettings
  mine: SettingsDocument
  theirs: SavedSettings
  take: (theirs: SavedSettings, document: SettingsDocument) => void
}

/** Somebody else has saved while the form was being filled in: what they changed, and what can be done about it. */
export function Conflict({ base, mine, theirs, take }: ConflictProps) {
  const changes = changesBetween(base.settings, theirs.settings)
  const { document, clashes } = rebase(base.settings, mine, theirs.settings)
  return (
    <div role="alert" className={classes.conflict}>
      <Title order={2}>Somebody else has saved version {theirs.version} in the meantime</Title>
      <p>Your changes are not saved. This is what they changed:</p>
      <Differences changes={changes} />
      {clashes.length > 0 && (
        <p>You changed this too, and yours would stand: {clashes.map(({ path }) => fieldName(path)).join('; ')}.</p>
      )}
      <Group mt="xs" gap="xs">
        <Button onClick={() => take(theirs, document)}>Keep my changes on top of theirs</Button>
        <Button variant="default" onClick={() => take(theirs, theirs.settings)}>
          Drop my changes
        </Button>
      </Group>
    </div>
  )
}
