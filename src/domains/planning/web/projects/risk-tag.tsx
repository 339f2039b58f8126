import { useTranslation } from 'react-i18next';
import { Tag, Tooltip } from '../../../../web/kit.ts';
import type { ProjectFigures } from '../../contract.ts';

const colours = { late: 'error', at_risk: 'warning', on_track: 'success', none: 'default' } as const;

/** How a project stands, with why. */
export function RiskTag({ figures: { risk, lateDays } }: { figures: ProjectFigures }) {
  const { t } = useTranslation('planning');
  const word = risk === 'late' && lateDays > 0 ? t('projects.lateBy', { count: lateDays }) : t(`projects.riskOf.${risk}`);
  return <Tooltip title={t(`projects.riskHint.${risk}`)}><Tag color={colours[risk]}>{word}</Tag></Tooltip>;
}
