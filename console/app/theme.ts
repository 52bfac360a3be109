import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const pine: MantineColorsTuple = [
  '#e9f5f2',
  '#d3e8e3',
  '#a9d3ca',
  '#7cbdb0',
  '#56a898',
  '#3b9484',
  '#267d6e',
  '#17665a',
  '#115247',
  '#0a3d35',
]

/** The console's look: one calm accent, small radii, text sizes for a page that is read all day. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.78rem', sm: '0.86rem', md: '0.92rem', lg: '1.05rem', xl: '1.25rem' },
  headings: {
    fontWeight: '620',
    sizes: { h1: { fontSize: '1.3rem' }, h2: { fontSize: '1.05rem' }, h3: { fontSize: '0.95rem' } },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Modal: {
      styles: { title: { fontWeight: 620 } },
      defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close' } },
    },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    // Mantine makes them <header>, which is the page's own landmark and not a dialog's.
    ModalHeader: { defaultProps: { component: 'div' } },
    DrawerHeader: { defaultProps: { component: 'div' } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: false } } },
  },
})

/** Mantine's quiet text is too pale for WCAG 2.2 AA on white. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2421',
    '--mantine-color-dimmed': '#55625d',
    '--mantine-color-placeholder': '#66726d',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': 'var(--mantine-color-pine-7)',
    '--mantine-color-default-border': '#8d9893',
  },
  dark: {
    '--mantine-color-body': '#141a18',
    '--mantine-color-text': '#dfe6e3',
    '--mantine-color-dimmed': '#a3afaa',
    '--mantine-color-placeholder': '#93a09a',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-anchor': 'var(--mantine-color-pine-3)',
    '--mantine-color-default': '#1c2421',
    '--mantine-color-default-hover': '#26302c',
    '--mantine-color-default-border': '#55635d',
  },
})
