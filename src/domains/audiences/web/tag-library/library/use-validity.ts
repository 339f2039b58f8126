import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../../web/kit.ts';
import type { LibraryTag } from '../../../contract.ts';

/** How long a tag lasts, in words. A computed tag has nothing to last for: it follows the data. */
export function useValidity(): (tag: Pick<LibraryTag, 'kind' | 'validDays' | 'validUntil'>) => string {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  return ({ kind, validDays, validUntil }) => {
    if (kind === 'rule' || kind === 'tiers') return t('tags.valid.follows');
    const parts = [
      ...(validDays === null ? [] : [t('tags.valid.days', { count: validDays })]),
      ...(validUntil === null ? [] : [t('tags.valid.until', { day: format.date(validUntil) })]),
    ];
    return parts.length === 0 ? t('tags.valid.always') : parts.join(t('tags.comma'));
  };
}
