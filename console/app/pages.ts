import type { Page } from './page'

const found = import.meta.glob<Page>('../pages/*/page.ts', { eager: true, import: 'page' })

/** Every page of the console: the folders in `pages/` are the list. */
export const pages: readonly Page[] = Object.values(found)
