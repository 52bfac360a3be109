import { Button, Menu, Textarea, type TextareaProps, VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, type Ref, useRef, useState } from 'react'
import { useCompany } from '../../app/company'
import { FieldItems } from './FieldItems'
import classes from './settings.module.css'
import { useBase, useSettingsForm } from './settingsForm'
import { fieldName } from './settingsWords'

/**
 * A template. A right click, the button, Ctrl+I (on a Mac Cmd+I) or the keyboard's menu key opens the special fields, and the
 * chosen one is put where the cursor is.
 */
export function TemplateField({ path, rows }: { path: string; rows: number }) {
  const form = useSettingsForm()
  const { mayChange } = useCompany()
  const base = useBase()
  const element = useRef<HTMLTextAreaElement>(null)
  const [listed, setListed] = useState(false)
  const { value, ...props } = form.getInputProps(path)
  const isSaved = changedFrom(base.settings, path) === value
  const warnings = isSaved ? base.warnings.filter((warning) => warning.path === path) : []

  // The menu gives the focus back only once it has closed.
  const back = () => setTimeout(() => element.current?.focus())
  const insert = (field: string) => setTimeout(() => insertAtCursor(element.current, `{{ ${field} }}`))
  const pressed = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'i') return
    event.preventDefault()
    setListed(true)
  }
  const menu = {
    width: 300,
    returnFocus: false,
    onClose: back,
    position: 'bottom-start',
    withinPortal: false,
  } as const
  if (!mayChange) return <Textarea {...props} name={path} value={value} rows={rows} label={fieldName(path)} />
  return (
    <div className={classes.template}>
      <Menu {...menu} withInitialFocusPlaceholder={false} transitionProps={{ duration: 0 }}>
        <Menu.ContextMenu>
          <Template
            {...props}
            element={element}
            name={path}
            value={value}
            rows={rows}
            label={fieldName(path)}
            onKeyDown={pressed}
            aria-keyshortcuts="Control+I"
          />
        </Menu.ContextMenu>
        <FieldItems insert={insert} />
      </Menu>
      <div className={classes.inserting}>
        <Menu {...menu} opened={listed} onChange={setListed}>
          <Menu.Target>
            <Button variant="subtle" size="compact-sm">
              Insert field <VisuallyHidden>into {fieldName(path)}</VisuallyHidden>
            </Button>
          </Menu.Target>
          <FieldItems insert={insert} />
        </Menu>
        <span className={classes.hint}>or right click, or Ctrl+I</span>
      </div>
      {warnings.map(({ message }) => (
        <p key={message} className={classes.warning}>
          {message}
        </p>
      ))}
    </div>
  )
}

interface TemplateProps extends TextareaProps {
  element: Ref<HTMLTextAreaElement>
}

/** Takes the right click alone: the menu's long press would keep a finger from selecting text. */
function Template({ element, style, onTouchStart, onTouchEnd, onTouchCancel, onTouchMove, ...props }: TemplateProps) {
  return <Textarea ref={element} spellCheck resize="vertical" {...props} />
}

/** As if it were typed, so that it can be undone. */
function insertAtCursor(element: HTMLTextAreaElement | null, text: string): void {
  element?.focus()
  document.execCommand('insertText', false, text)
}

function changedFrom(settings: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], settings)
}
