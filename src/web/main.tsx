import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { endpointQuery } from './api/use-endpoint.ts';
import { startLanguage } from './i18n/start.ts';
import { Root } from './root.tsx';
import { router } from './router/router.tsx';
import { guardDoubleClicks } from './shell/double-click.ts';
import { letTabOut } from './shell/tab-out.ts';
import { readSession } from '../domains/access/sessions/session-contract.ts';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no element with the id "root".');

// The session and the page's code are fetched while the texts load: the first screen needs all three.
void queryClient.prefetchQuery(endpointQuery(readSession));
void router.load();
guardDoubleClicks(document);
letTabOut(document);
await startLanguage();
createRoot(place).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
