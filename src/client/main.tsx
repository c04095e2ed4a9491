/** Starts the app in the page. */
import './app/zod-without-eval.ts';
import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/600.css';
import './ui/tokens.css';
import './ui/base.css';
import './app/privacy-curtain.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { registerServiceWorker } from './app/update.tsx';
import { loadKeptLanguage } from './languages/use-messages.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

registerServiceWorker();
void loadKeptLanguage().then((language) => createRoot(root).render(<App language={language} />));
