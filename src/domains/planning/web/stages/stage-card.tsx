import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Link, Progress, Section, Stack, Tag, useFormat, useMay } from '../../../../web/kit.ts';
import { EditOutlined, PlusOutlined, ScheduleOutlined } from '../../../../web/icons.tsx';
import type { Criterion, StageProgress } from '../../contract.ts';
import type { PlanItem } from '../frame/use-items.tsx';
import { CriterionList } from './criterion-list.tsx';
import { positionsOf } from './stage-spans.ts';
import styles from './stages.module.css';

export interface StageCardProps {
  planNo: number;
  progress: StageProgress;
  isReached: boolean;
  isPlanned: boolean;
  duties: readonly PlanItem<'duty'>[];
  positions: readonly PlanItem<'position'>[];
  onEdit: () => void;
  /** Null for a criterion of the team's own that is new. */
  onEditCriterion: (criterion: Criterion | null) => void;
  onRemoveCriterion: (itemNo: number) => void;
  /** One of the team's own changes places with the one above it. */
  onCriterionUp: (itemNo: number) => void;
}

/** One stage: when it is, what of it is done, who does what in it. */
export function StageCard({ planNo, progress: { stage, itemNo, from, to, aim, criteria, met, total, isPassed }, isReached, isPlanned, duties, positions, onEdit, onEditCriterion, onRemoveCriterion, onCriterionUp }: StageCardProps) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const name = t(`positions.stages.${stage}`);
  const isPlaced = from !== null && to !== null;
  const there = isPlaced ? positionsOf(positions, { from, to }) : [];
  const title = (
    <span className={styles.head}>
      {name}
      {isReached && <Tag color="processing">{t('stages.tags.reached')}</Tag>}
      {isPlanned && <Tag>{t('stages.tags.planned')}</Tag>}
      {isPassed && <Tag color="success">{t('stages.tags.passed')}</Tag>}
    </span>
  );
  const part = (heading: string, link: ReactNode, names: ReactNode[], none: string) => (
    <div>
      <Flex justify="space-between" gap="small"><h4 className={styles.part}>{heading}</h4>{link}</Flex>
      {names.length === 0 ? <p className={styles.quiet}>{none}</p> : <div className={styles.names}>{names}</div>}
    </div>
  );
  return (
    <Section title={title} extra={mayEdit && <Button size="small" icon={isPlaced ? <EditOutlined /> : <ScheduleOutlined />} onClick={onEdit}>{t(isPlaced ? 'stages.edit' : 'stages.place')}</Button>}>
      <Stack>
        <div>
          <p className={styles.quiet}>{isPlaced ? `${format.date(from)} – ${format.date(to)}` : t('stages.unplaced')}</p>
          {aim && <p className={styles.aim}>{aim}</p>}
          <Progress percent={Math.floor((met / total) * 100)} status={isPassed ? 'success' : 'normal'} aria-label={t('stages.progress', { stage: name })} />
          <p className={styles.quiet}>{t('stages.met', { met, total })}</p>
        </div>
        <CriterionList criteria={criteria} onRemove={onRemoveCriterion} onUp={onCriterionUp} {...(mayEdit && itemNo !== null ? { onEdit: onEditCriterion } : {})} />
        {criteria.some(({ state }) => state === 'absent') && <p className={styles.quiet}>{t('stages.absentHint')}</p>}
        {mayEdit && itemNo !== null && <Button size="small" icon={<PlusOutlined />} onClick={() => onEditCriterion(null)}>{t('stages.addCriterion')}</Button>}
        {part(t('stages.duties'), <Link to={`/plan/positions?plan=${planNo}&view=raci`}>{t('stages.toDuties')}</Link>, duties.map(({ itemNo: key, body }) => <Tag key={key}>{body.name} · {t(body.isCore ? 'positions.core' : 'positions.supporting')}</Tag>), t('stages.noDuties'))}
        {part(t('stages.positions'), <Link to={`/plan/positions?plan=${planNo}&view=list`}>{t('stages.toPositions')}</Link>, there.map(({ itemNo: key, body }) => <Tag key={key}>{t('stages.heads', { name: body.name, count: body.headcount })}</Tag>), t(isPlaced ? 'stages.noPositions' : 'stages.unplacedPositions'))}
      </Stack>
    </Section>
  );
}
