import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Program } from '../../../../kernel/program.ts';
import { Alert, Link, useFormat } from '../../../../web/kit.ts';
import { lanes } from '../../contract.ts';
import { type Gaps, laneGaps, programGaps } from './gaps.ts';

/** More than these are counted; the board marks all of them. */
const mostNamed = 8;

/** What the core business lacks, kind by kind, with what to do about it. */
export function GapList({ gaps, programs }: { gaps: Gaps; programs: readonly Program[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const ofLanes = laneGaps.map((gap) => ({ gap, named: lanes.filter((lane) => gaps.lanes[lane].includes(gap)).map((lane): ReactNode => t(`document.lane.${lane}`)) }));
  const ofPrograms = programGaps.map((gap) => ({ gap, named: programs.filter(({ key }) => gaps.programs.get(key) === gap).map(({ key, name, path }): ReactNode => <Link key={key} to={path}>{name}</Link>) }));
  const found = [...ofLanes, ...ofPrograms].filter(({ named }) => named.length > 0);
  if (found.length === 0) return <Alert type="success" showIcon title={t('business.noGaps')} />;
  const line = ({ gap, named }: (typeof found)[number]) => (
    <li key={gap}>
      <strong>{t(`business.gap.${gap}`, { count: named.length })}</strong>
      {named.slice(0, mostNamed).map((name, n) => <span key={n}>{n > 0 && t('document.comma')}{name}</span>)}
      {named.length > mostNamed && t('business.andMore', { count: format.number(named.length - mostNamed) })}
      <div><small>{t(`business.gapHint.${gap}`)}</small></div>
    </li>
  );
  return <Alert type="warning" showIcon title={t('business.gaps')} description={<ul style={{ margin: 0, paddingInlineStart: 20 }}>{found.map(line)}</ul>} />;
}
