import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Gantt, GanttLegend, type GanttRow, type GanttZoom, ganttZooms, Flex, Remark, SegmentedControl, Stack, useFormat, useSearchState } from '../../../../../web/kit.ts';
import { isTask, type WorkItem } from '../known-items.ts';

const state = z.object({ zoom: z.enum(ganttZooms).optional() });

/** The whole of a project over time. */
export function GanttTab({ items, today, mayEdit, onOpen, onMove }: { items: WorkItem[]; today: string; mayEdit: boolean; onOpen: (itemNo: number) => void; onMove: (item: WorkItem, days: { from: string; to: string }) => Promise<unknown> }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [{ zoom = 'week' }, change] = useSearchState(state);
  const rows = useMemo(() => items.filter((item) => !(isTask(item) && item.body.state === 'dropped')).map((item): GanttRow => {
    const { body, ends, isCritical } = item;
    const days = isTask(item) ? { from: item.body.from ?? item.body.to, to: item.body.to ?? item.body.from } : { from: (body as { due: string }).due, to: (body as { due: string }).due };
    return { key: String(item.itemNo), name: body.name, ...days, ends, isMilestone: !isTask(item), isDone: body.doneOn !== null, isCritical, isMovable: mayEdit && body.doneOn === null, dependsOn: body.dependsOn.map(String), note: body.owner?.name ?? '' };
  }).sort((a, b) => ((a.from ?? '9') < (b.from ?? '9') ? -1 : (a.from ?? '9') > (b.from ?? '9') ? 1 : 0)), [items, mayEdit]);
  const byKey = useMemo(() => new Map(items.map((item) => [String(item.itemNo), item])), [items]);
  const describe = (row: GanttRow, { from, to }: { from: string; to: string }): string => {
    const late = byKey.get(row.key)?.lateDays ?? 0;
    return [row.name, row.isMilestone ? format.date(to) : `${format.date(from)} – ${format.date(to)}`, row.isDone ? t('projects.taskStateOf.done') : late > 0 && t('projects.lateBy', { count: late }), row.isCritical && t('projects.critical')].filter(Boolean).join(' · ');
  };
  return (
    <Stack>
      <Flex gap={8} wrap justify="space-between" align="center">
        <SegmentedControl<GanttZoom> label={t('projects.zoom')} value={zoom} onChange={(next) => change({ zoom: next })} options={ganttZooms.map((value) => ({ value, label: t(`projects.zoomOf.${value}`) }))} />
        <GanttLegend words={{ planned: t('projects.legend.planned'), done: t('projects.legend.done'), late: t('projects.legend.late'), critical: t('projects.legend.critical'), milestone: t('projects.legend.milestone'), today: t('projects.legend.today') }} />
      </Flex>
      <Gantt
        rows={rows} today={today} zoom={zoom} title={t('projects.what')} describe={describe} onOpen={(key) => onOpen(Number(key))}
        {...(mayEdit ? { onMove: (key: string, days: { from: string; to: string }) => {
          const item = byKey.get(key);
          return item ? onMove(item, days) : Promise.resolve();
        } } : {})}
      />
      {mayEdit && <Remark>{t('projects.ganttHint')}</Remark>}
    </Stack>
  );
}
