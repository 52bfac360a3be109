import { Link, useRoute } from 'wouter'
import { useCompany } from './company'
import classes from './Menu.module.css'
import type { Page } from './page'
import { pages } from './pages'

const groups = ['Today', 'Company', 'System'] as const

/** The pages by what they are about. */
export function Menu() {
  const { role } = useCompany().operator
  return groups.map((group) => (
    <section key={group} className={classes.group} aria-labelledby={`menu-${group}`}>
      <h2 id={`menu-${group}`} className={classes.heading}>
        {group}
      </h2>
      <ul className={classes.list}>
        {listed(group, role).map((page) => (
          <Entry key={page.path} page={page} />
        ))}
      </ul>
    </section>
  ))
}

function Entry({ page: { path, title } }: { page: Page }) {
  // A page is also where one is on the pages below it: a stop belongs to the routes.
  const [isHere] = useRoute(`${path}/*?`)
  return (
    <li>
      <Link href={path} className={classes.link} aria-current={isHere ? 'page' : undefined}>
        {title}
      </Link>
    </li>
  )
}

function listed(group: string, role: string): Page[] {
  return pages
    .filter(({ menu }) => menu?.group === group && (menu.for ?? role) === role)
    .sort((a, b) => (a.menu?.order ?? 0) - (b.menu?.order ?? 0))
}
