import { createFormContext } from '@mantine/form'
import { createContext, useContext } from 'react'
import type { SavedSettings, SettingsDocument } from './settingsDocument'

/** The form of the whole document; problems of the API come to its fields by their paths. */
export const [SettingsFormProvider, useSettingsForm, useCreateSettingsForm] = createFormContext<SettingsDocument>()

/** What the form began with: the version that it would replace. */
export const BaseContext = createContext<SavedSettings | null>(null)

export function useBase(): SavedSettings {
  const base = useContext(BaseContext)
  if (base === null) throw new Error('useBase is for the form of the settings.')
  return base
}

/** For every input of whoever may only read: it takes the focus, can be read and copied, and stays as it is. */
export const readOnly = { readOnly: true, onChange: () => {} }
