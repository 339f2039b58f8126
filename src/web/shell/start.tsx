import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { navigation } from '../pages.ts';
import { EmptyState } from '../patterns/empty-state.tsx';
import { useNavigateTo } from '../router/location.ts';
import { allows, useSession } from '../session/use-session.ts';
import { menuFor } from './menu-entries.ts';

/** The front door while no page claims it: on to the first page this person may open. */
export function Start() {
  const { t } = useTranslation('web');
  const session = useSession();
  const navigate = useNavigateTo();
  const first = menuFor(navigation, (permission) => allows(session, permission))[0]?.entries[0]?.to;
  useEffect(() => {
    if (first) navigate(first, { replace: true });
  }, [first, navigate]);
  return first ? null : <EmptyState title={t('start.title')} hint={t('start.hint')} />;
}
