import { useTranslation } from 'react-i18next';

/** Who did something, readable: a member of staff by name, a program by what it is. */
export function useActorName(): (actor: string) => string {
  const { t } = useTranslation('customers');
  return (actor) => {
    const importNo = /^import (\d+)$/.exec(actor)?.[1];
    if (importNo !== undefined) return t('user.importNo', { no: importNo });
    return t(`actor.${actor}`, { defaultValue: actor });
  };
}
