import type { ComponentType } from 'react'
import { lazy } from 'react'

/** A page of the console: a folder in `pages/` whose `page.ts` exports one of these as `page`. */
export interface Page {
  /** Under `/companies/:companyId`, as wouter writes paths: `/routes/:routeId`. */
  path: string
  /** As the document's title and, with `menu`, in the navigation. */
  title: string
  /**
   * Where it stands in the navigation: its place, from the top, and under which heading; `for` admins alone or everybody.
   * Left out: not listed.
   */
  menu?: { order: number; group: 'Today' | 'Company' | 'System'; for?: 'admin' }
  component: ComponentType
}

/** A page whose code is fetched when it is first opened. */
export function definePage(page: Omit<Page, 'component'> & { load: () => Promise<{ default: ComponentType }> }): Page {
  const { load, ...rest } = page
  return { ...rest, component: lazy(load) }
}
