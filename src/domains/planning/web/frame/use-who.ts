import { useTranslation } from 'react-i18next';

/** Who did something, as it is shown: what nobody did, the product did by itself. */
export function useWho(): (name: string) => string {
  const { t } = useTranslation('planning');
  return (name) => (name === 'system' ? t('reports.itself') : name);
}
