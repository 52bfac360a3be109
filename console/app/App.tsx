import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { Router } from 'wouter'
import { createQueryClient } from '../client/queryClient'
import { navigateWithCare } from '../parts/leaving'
import { nonce } from './nonce'
import { SignedIn } from './SignedIn'
import { cssVariables, theme } from './theme'

const queries = createQueryClient()
const colourScheme = localStorageColorSchemeManager({ key: 'console-colour-scheme' })

/** The whole console: its look, its reads, and whoever is signed in. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colourScheme}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce ?? ''}
    >
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queries}>
        <Router aroundNav={navigateWithCare}>
          <SignedIn />
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  )
}
