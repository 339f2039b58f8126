import { keepLanguage } from '../../domains/access/sessions/session-contract.ts';
import type { Locale } from '../../kernel/locale.ts';
import { call } from '../api/call.ts';
import { switchLanguage } from '../i18n/start.ts';
import { useSession } from './use-session.ts';

/** Changes the language of the screen; whoever is signed in gets their mail in it too. */
export function useSwitchLanguage(): (locale: Locale) => Promise<void> {
  const { actor } = useSession();
  return async (locale) => {
    await switchLanguage(locale);
    // The screen has changed already: mail that stays in the other language is no reason to say it did not.
    if (actor?.kind === 'staff') await call(keepLanguage, { body: { language: locale } }).catch(() => undefined);
  };
}
