import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Gantt, type GanttRow, Remark, Section, Stack, useFormat, useMay } from '../../../../web/kit.ts';
import type { StageProgress } from '../../contract.ts';
import { type PlanItem, useItemActions } from '../frame/use-items.tsx';

/** The stages over the years of the plan. */
export function StageLine({ planNo, today, stages, items, onOpen }: { planNo: number; today: string; stages: readonly StageProgress[]; items: readonly PlanItem<'stage'>[]; onOpen: (stage: StageProgress) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const rows = useMemo(() => stages.map(({ stage, from, to, isPassed, met, total }): GanttRow => ({
    key: stage, name: `${t(`positions.stages.${stage}`)} · ${met} / ${total}`, from, to, ends: null, isMilestone: false, isDone: isPassed, isCritical: false, isMovable: mayEdit, dependsOn: [],
  })), [stages, mayEdit, t]);
  const move = async (key: string, days: { from: string; to: string }): Promise<void> => {
    const item = items.find(({ body }) => body.stage === key);
    if (item) await actions.edit(item, days);
  };
  return (
    <Section title={t('stages.line')}>
      <Stack>
        <Gantt
          rows={rows} today={today} zoom="year" title={t('stages.title')} describe={({ name }, { from, to }) => `${name} · ${format.date(from)} – ${format.date(to)}`}
          onOpen={(key) => onOpen(stages.find(({ stage }) => stage === key)!)} {...(mayEdit ? { onMove: move } : {})}
        />
        {mayEdit && <Remark>{t('stages.lineHint')}</Remark>}
      </Stack>
    </Section>
  );
}
