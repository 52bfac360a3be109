import classes from './settings.module.css'
import type { Change } from './settingsDocument'
import { fieldName, valueInWords } from './settingsWords'

/** Fields with what they were and what they became. */
export function Differences({ changes }: { changes: readonly Change[] }) {
  return (
    <dl className={classes.differences}>
      {changes.map(({ path, from, to }) => (
        <div key={path}>
          <dt>{fieldName(path)}</dt>
          <dd>
            <del>{valueInWords(path, from)}</del> <ins>{valueInWords(path, to)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
