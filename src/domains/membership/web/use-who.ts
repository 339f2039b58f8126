import { useTranslation } from 'react-i18next';

/** Who did something, as it is shown: what nobody did, the system did; what was done on a member's page, the member. */
export function useWho(): (name: string) => string {
  const { t } = useTranslation('membership');
  return (name) => (name === 'system' ? t('partners.bySystem') : name === 'member' ? t('mall.byMember') : name);
}
