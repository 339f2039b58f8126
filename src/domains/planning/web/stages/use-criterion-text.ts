import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';
import type { Criterion } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';

/** How a criterion is written: what it is, what was counted of what is wanted, and how that is known. */
export function useCriterionText() {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const metrics = useMetricText();
  return {
    name: ({ name, fact }: Criterion): string => name || (fact === null ? '' : t(`stages.facts.${fact}`)),
    figure({ value, target, unit, is, state }: Criterion): string {
      if (target === null || state === 'absent') return '';
      const texts = { value: metrics.value(value, unit), target: metrics.value(target, unit) };
      return is === 'at_most' ? t('stages.atMost', texts) : t('stages.ofTarget', texts);
    },
    note({ basis, source, metric, filter, period, name, fact }: Criterion): string {
      const label = metric === null ? '' : metrics.label({ metric, filter });
      return [
        name !== '' && fact !== null && t('stages.replaces', { fact: t(`stages.facts.${fact}`) }),
        basis === 'said' && t('stages.saidFrom', { source }),
        basis === 'figure' && (period ? t('stages.figureOf', { metric: label, from: format.date(period.from), to: format.date(period.to) }) : t('stages.figureYet', { metric: label })),
      ].filter(Boolean).join(' · ');
    },
  };
}
