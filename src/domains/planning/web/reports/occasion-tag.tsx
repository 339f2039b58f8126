import { useTranslation } from 'react-i18next';
import { Tag, Tooltip } from '../../../../web/kit.ts';
import type { PlanReportHead } from '../../contract.ts';

const colors = { making: 'processing', made: 'success', failed: 'error', missed: 'warning' } as const;

/** How it went when something was last to be written or sent, and why not. */
export function OccasionTag({ occasion: { state, problem, isLate } }: { occasion: NonNullable<PlanReportHead['last']> }) {
  const { t } = useTranslation('planning');
  const [domain, code] = (problem ?? '').split('.');
  const tag = <Tag color={state === 'made' && isLate ? 'warning' : colors[state]}>{state === 'made' && isLate ? t('reports.lateTag') : t(`reports.states.${state}`)}</Tag>;
  return problem ? <Tooltip title={t(`${domain}:problem.${code}`)}>{tag}</Tooltip> : tag;
}
