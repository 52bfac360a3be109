import { defineConfig } from 'vite'

/** The address of the API to which `npm run console` hands what it does not serve itself. */
const api = process.env.API_URL ?? 'http://localhost:3000'

export default defineConfig({
  root: import.meta.dirname,
  // The API puts a nonce of its own into every page that it serves (api/console/consolePage.ts).
  html: { cspNonce: 'CSP_NONCE' },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // By it the test of the first load's size knows what belongs to a page.
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The console, and the driver's page, which shares nothing with it but words.
      input: ['index.html', 'driver.html'].map((page) => `${import.meta.dirname}/${page}`),
      // "use client" is for servers that render React; ours does not.
      onLog: (level, log, handle) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handle(level, log),
    },
  },
  server: { proxy: { '/v1': api, '/d/': api, '/docs': api, '/openapi.json': api } },
})
