import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';

type Unit = 'money' | 'number' | 'date' | 'text' | 'message';

/** A figure of another domain as text of the reader's language. */
export function useFactText(): (value: string, unit: Unit) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (value, unit) => {
    if (unit === 'money') return format.money(value);
    if (unit === 'number') return format.number(value);
    if (unit === 'message') return t(value);
    return unit === 'date' ? format.date(value) : value;
  };
}
