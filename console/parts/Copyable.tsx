import { Button, Code, CopyButton } from '@mantine/core'
import classes from './Copyable.module.css'

/** A text that somebody takes elsewhere, with a button that copies it. */
export function Copyable({ text, what }: { text: string; what: string }) {
  return (
    <span className={classes.line}>
      <Code className={classes.text}>{text}</Code>
      <CopyButton value={text}>
        {({ copied, copy }) => {
          const word = copied ? 'Copied' : 'Copy'
          return (
            <Button
              variant="default"
              size="compact-xs"
              aria-live="polite"
              aria-label={`${word} ${what}`}
              onClick={copy}
            >
              {word}
            </Button>
          )
        }}
      </CopyButton>
    </span>
  )
}
