import { useTranslation } from 'react-i18next';
import type { PreferenceDimension } from '../../contract.ts';

const worded: readonly string[] = ['price_band', 'hour', 'weekday', 'tier'];

/** A value of a dimension in the reader's words: hours and bands have some, what the brand calls its categories is their name. */
export function useValueText(): (dimension: PreferenceDimension | 'tier', value: string) => string {
  const { t } = useTranslation('insights');
  return (dimension, value) => (worded.includes(dimension) ? t(`preference.value.${dimension}.${value}`) : value);
}
