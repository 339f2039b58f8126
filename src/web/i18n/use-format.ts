import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/use-session.ts';
import { type Format, createFormat } from '../../kernel/format.ts';
import { currentLocale } from './language.ts';

/** Formatting in the reader's language and the brand's time zone and currency. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const { brand } = useSession();
  const { timeZone, currency } = brand;
  return useMemo(
    () => createFormat({ locale: currentLocale(), timeZone, currency }),
    // The language is read from where it is kept; i18n.language tells when it changed.
    [i18n.language, timeZone, currency],
  );
}
