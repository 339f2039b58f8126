import { useTranslation } from 'react-i18next';
import { useFieldList } from '../../../audiences/web/inputs/use-field-list.ts';
import type { FunnelStep } from '../../contract.ts';

/** What a step is called: as it was named, or for what it is. */
export function useStepName(): (step: Pick<FunnelStep, 'facts'> & Partial<FunnelStep>) => string {
  const { t } = useTranslation('insights');
  const { data } = useFieldList();
  return ({ name, facts, which }) => {
    if (name) return name;
    if (facts.fact === 'order') return t(which === 'first' ? 'funnel.step.first' : `funnel.step.${facts.of}`);
    return data?.events.find((event) => event.name === facts.name)?.label ?? facts.name;
  };
}
