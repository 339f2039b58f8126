import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguage } from './i18n/start.ts';
import { Root } from './root.tsx';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no element with the id "root".');

await startLanguage();
createRoot(place).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
