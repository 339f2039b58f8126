import { useTranslation } from 'react-i18next';
import { isTold } from '../../../../kernel/program.ts';
import { useFormat } from '../../../../web/kit.ts';
import type { BudgetLine } from '../../contract.ts';

/** How it is said what came back. */
export interface SaidReturn {
  amount: string;
  /** Between what it lies, or that no difference is seen. */
  note: string | undefined;
  /** It may be chance. */
  isUntold: boolean;
}

/** Says what came back of money, in a currency. */
export function useReturned(currency: string): (returned: BudgetLine['returned']) => SaidReturn {
  const { t } = useTranslation('planning');
  const format = useFormat();
  return (returned) => {
    if (returned === null) return { amount: '–', note: undefined, isUntold: false };
    const { difference, low, high } = returned;
    const range = low === null || high === null ? undefined : t('budget.range', { low: format.wholeMoney(low, currency), high: format.wholeMoney(high, currency) });
    const isUntold = !isTold(returned);
    return { amount: format.wholeMoney(difference, currency), isUntold, note: !isUntold ? range : [t('director.untold'), range].filter(Boolean).join(t('budget.comma')) };
  };
}
