import { useTranslation } from 'react-i18next';

/** What a member is called: by their name, or by their number where none is known. */
export function useMemberName(): (member: { customerNo: number; name?: string | null }) => string {
  const { t } = useTranslation('membership');
  return ({ customerNo, name }) => name ?? t('members.unnamed', { no: customerNo });
}
