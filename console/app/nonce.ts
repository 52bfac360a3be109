/**
 * The nonce with which the API lets this very page add style sheets: its policy allows no other inline style, and no
 * inline script at all (api/console/consolePage.ts). Undefined under Vite's own server, which has no policy.
 */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined

// By this name react-style-singleton, with which dialogs keep the page behind them from scrolling, looks for it.
if (nonce !== undefined) Object.assign(globalThis, { __webpack_nonce__: nonce })
