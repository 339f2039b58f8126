import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Program } from '../../../../kernel/program.ts';
import { Button, Link, StageBoard, Tag, Typography, useFormat, useMay } from '../../../../web/kit.ts';
import { type Lane, lanes } from '../../contract.ts';
import { type PlanItem, useItemActions } from '../frame/use-items.tsx';
import type { Gaps } from './gaps.ts';

/** More cards than this in a column are counted: those that run come first. */
const mostCards = 100;
const columns = ['none', ...lanes] as const;
type Column = (typeof columns)[number];

export interface LaneBoardProps {
  planNo: number;
  programs: readonly Program[];
  places: readonly PlanItem<'program_place'>[];
  gaps: Gaps;
  /** What stands at the head of a lane. */
  about: (lane: Lane) => ReactNode;
}

/** Programs in the lanes they serve, those without one first; moved by mouse or by keys. */
export function LaneBoard({ planNo, programs, places, gaps, about }: LaneBoardProps) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const placeOf = new Map(places.map((place) => [place.body.program, place]));
  // Until it is read again a program stands where it was put.
  const [put, setPut] = useState<{ key: string; version: number | null; column: Column } | null>(null);
  const isPut = (key: string): boolean => put?.key === key && put.version === (placeOf.get(key)?.version ?? null);
  const columnOf = (key: string): Column => (put && isPut(key) ? put.column : (placeOf.get(key)?.body.lane ?? 'none'));
  const move = (key: string, column: Column): void => {
    // What was moved a moment ago would be moved from the place it had before.
    if (isPut(key)) return;
    const [place, lane] = [placeOf.get(key), column === 'none' ? null : column];
    setPut({ key, version: place?.version ?? null, column });
    const done = place ? actions.edit(place, { lane }) : actions.add('program_place', { program: key, lane, stage: null, lineNos: [] }, { parentNo: null, afterNo: places.at(-1)?.itemNo ?? null });
    void done.catch(() => setPut(null));
  };
  const filled = columns.map((column) => ({ column, own: programs.filter(({ key }) => columnOf(key) === column) }));
  return (
    <StageBoard<Column>
      stages={filled.map(({ column, own }) => ({
        key: column, title: column === 'none' ? t('business.notPlaced') : t(`document.lane.${column}`), about: column === 'none' ? <small>{t('business.notPlacedHint')}</small> : about(column),
        total: own.length > mostCards ? t('projects.firstOf', { shown: mostCards, total: format.number(own.length) }) : format.number(own.length),
      }))}
      cards={filled.flatMap(({ column, own }) => own.slice(0, mostCards).map((program) => ({
        key: program.key, stage: column, name: program.name, title: <Link to={program.path}>{program.name}</Link>, foot: <ProgramFoot program={program} gap={gaps.programs.get(program.key)} />,
      })))}
      none={t('business.noProgramHere')}
      handleLabel={(name) => t('business.move', { name })}
      {...(mayEdit ? { onMove: move } : {})}
    />
  );
}

function ProgramFoot({ program: { kind, state, cost, lift }, gap }: { program: Program; gap: ReturnType<Gaps['programs']['get']> }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const money = (amount: number | null): string => format.compactMoney(amount === null ? null : Math.round(amount));
  return (
    <>
      <span>{t(`program.kind.${kind}`)}</span>
      <span>{t(`program.state.${state}`)}</span>
      {cost !== null && Number(cost) !== 0 && <span>{t('business.cost', { cost: format.compactMoney(cost) })}</span>}
      {lift && <span>{t(lift.revenue.low === null ? 'business.lift' : 'business.liftBetween', { lift: money(lift.revenue.difference), low: money(lift.revenue.low), high: money(lift.revenue.high), day: format.date(lift.countedUntil) })}</span>}
      {gap && <Tag color="warning">{t(`business.programGap.${gap}`)}</Tag>}
    </>
  );
}

/** What a lane does, by which figure it is known to work, and what it lacks. */
export function LaneHead({ plan, metric, figure, onEdit }: { plan: PlanItem<'lane_plan'> | undefined; metric: string | null; figure: string | null; onEdit?: () => void }) {
  const { t } = useTranslation('planning');
  return (
    <>
      {plan ? <Typography.Paragraph ellipsis={{ rows: 4, tooltip: plan.body.text }} style={{ margin: 0 }}>{plan.body.text}</Typography.Paragraph> : <Tag color="warning">{t('business.gapTag.not_told')}</Tag>}
      {metric === null ? plan && <Tag color="warning">{t('business.gapTag.no_metric')}</Tag> : <div><small>{metric}</small> <strong>{figure}</strong></div>}
      {onEdit && <div><Button type="link" size="small" style={{ paddingInline: 0 }} onClick={onEdit}>{t(plan ? 'business.edit' : 'business.write')}</Button></div>}
    </>
  );
}
