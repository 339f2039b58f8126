import { useTranslation } from 'react-i18next';
import { isTold } from '../../../../kernel/program.ts';
import { useFormat } from '../../../../web/kit.ts';
import type { BudgetLine } from '../../contract.ts';

/** How what came back is said: the amount, and below it between what it lies, or that no difference is seen. */
export function useReturned(currency: string): (returned: BudgetLine['returned']) => { amount: string; note: string | undefined } {
  const { t } = useTranslation('planning');
  const format = useFormat();
  return (returned) => {
    if (returned === null) return { amount: '–', note: undefined };
    const { difference, low, high } = returned;
    const range = low === null || high === null ? undefined : t('budget.range', { low: format.wholeMoney(low, currency), high: format.wholeMoney(high, currency) });
    return { amount: format.wholeMoney(difference, currency), note: isTold(returned) ? range : [t('director.untold'), range].filter(Boolean).join(t('budget.comma')) };
  };
}
