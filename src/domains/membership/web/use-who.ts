import { useTranslation } from 'react-i18next';

/** Who did something, as it is shown: what nobody did, the system did. */
export function useWho(): (name: string) => string {
  const { t } = useTranslation('membership');
  return (name) => (name === 'system' ? t('partners.bySystem') : name);
}
