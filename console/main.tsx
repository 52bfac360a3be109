import './app/mantineStyles'
import './app/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'

const element = document.getElementById('console')
if (element === null) throw new Error('index.html has no element with the id "console".')
createRoot(element).render(<App />)
