import { useTranslation } from 'react-i18next';
import { App } from '../../../../web/kit.ts';

/** Says, after a benefit was kept, which lines of the budget are over their caps with it, though they let it through. */
export function useOverBudget(): (kept: { overBudget: readonly string[] }) => void {
  const { t } = useTranslation('membership');
  const { message } = App.useApp();
  return ({ overBudget }) => {
    if (overBudget.length > 0) void message.warning(t('benefits.overBudget', { lines: overBudget.join(t('benefits.says.comma')) }));
  };
}
