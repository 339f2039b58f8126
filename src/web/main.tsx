import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { endpointQuery } from './api/use-endpoint.ts';
import { startLanguage } from './i18n/start.ts';
import { Root } from './root.tsx';
import { readSession } from './session/contract.ts';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no element with the id "root".');

// The session is asked for while the texts load: both are needed before the first screen.
void queryClient.prefetchQuery(endpointQuery(readSession));
await startLanguage();
createRoot(place).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
