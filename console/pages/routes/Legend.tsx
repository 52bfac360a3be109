import classes from './Board.module.css'

const signs = [
  ['◦', 'planned or held'],
  ['•', 'on its way'],
  ['✓', 'delivered'],
  ['!', 'failed'],
  ['?', 'outcome unknown'],
  ['–', 'not sent'],
  ['☎', 'told by phone'],
] as const

/** What the signs under the stops say: one for each of confirmation, arrival and departure. */
export function Legend() {
  return (
    <ul className={classes.legend} aria-label="Signs under the stops">
      {signs.map(([sign, meaning]) => (
        <li key={sign}>
          <b>{sign}</b> {meaning}
        </li>
      ))}
      <li data-no-print>
        <b>j k</b> move, <b>/</b> search
      </li>
    </ul>
  )
}
