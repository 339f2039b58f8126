import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addDays, daysBetween } from '../../../../../kernel/day.ts';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { Button, DateRangePicker, Flex, Gantt, GanttLegend, type GanttRow, type GanttZoom, ganttZooms, Loaded, Remark, SegmentedControl, Stack, useEndpoint, useFormat, useMay, useSearchState } from '../../../../../web/kit.ts';
import { ArrowLeftOutlined, ArrowRightOutlined } from '../../../../../web/icons.tsx';
import { type ProjectGanttRow, readProjectGantt, wholeGantt } from '../../../contract.ts';
import { useItemActions } from '../../frame/use-items.tsx';

const state = z.object({ zoom: z.enum(ganttZooms).optional(), from: z.iso.date().optional().catch(undefined), to: z.iso.date().optional().catch(undefined), rows: z.coerce.number().int().min(wholeGantt).max(2_000).optional().catch(undefined) });
type Read = EndpointReply<typeof readProjectGantt>;
type Days = { from: string; to: string };

/** A project over time: the whole of a small one, of a large one the days that are looked at. */
export function GanttTab({ planNo, projectNo, onOpen }: { planNo: number; projectNo: number; onOpen: (itemNo: number) => void }) {
  const { t } = useTranslation('planning');
  const [{ zoom = 'week', from, to, rows: most }, change] = useSearchState(state);
  const mayEdit = useMay('planning.edit');
  const gantt = useEndpoint(readProjectGantt, { params: { planNo, itemNo: projectNo }, query: { from, to, most } });
  return (
    <Loaded from={gantt}>
      {(read) => (
        <Stack>
          <Flex gap={8} wrap justify="space-between" align="center">
            <SegmentedControl<GanttZoom> label={t('projects.zoom')} value={zoom} onChange={(next) => change({ zoom: next })} options={ganttZooms.map((value) => ({ value, label: t(`projects.zoomOf.${value}`) }))} />
            <GanttLegend words={{ planned: t('projects.legend.planned'), done: t('projects.legend.done'), late: t('projects.legend.late'), critical: t('projects.legend.critical'), milestone: t('projects.legend.milestone'), today: t('projects.legend.today') }} />
          </Flex>
          {read.period && <Period period={read.period} shown={read.rows.length} onChange={(days) => change({ ...days, rows: undefined })} onMore={(rows) => change({ rows })} />}
          <Chart planNo={planNo} read={read} zoom={zoom} onOpen={onOpen} />
          {mayEdit && <Remark>{t('projects.ganttHint')}</Remark>}
        </Stack>
      )}
    </Loaded>
  );
}

/** The days that are looked at, and how much lies outside them. */
function Period({ period: { from, to, inside, before, after, undated }, shown, onChange, onMore }: { period: NonNullable<Read['period']>; shown: number; onChange: (days: Days) => void; onMore: (rows: number) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const step = (sign: number): void => {
    const days = sign * (daysBetween(from, to) + 1);
    onChange({ from: addDays(from, days), to: addDays(to, days) });
  };
  const counted = (count: number): string => format.number(count);
  return (
    <Flex gap={8} wrap align="center">
      <Button icon={<ArrowLeftOutlined />} disabled={before === 0} onClick={() => step(-1)} aria-label={t('projects.earlier')}>{counted(before)}</Button>
      <DateRangePicker label={t('projects.ganttDays')} value={{ from, to }} onChange={(days) => days && onChange(days)} />
      <Button icon={<ArrowRightOutlined />} iconPlacement="end" disabled={after === 0} onClick={() => step(1)} aria-label={t('projects.later')}>{counted(after)}</Button>
      <Remark>{[t(shown < inside ? 'projects.ganttFirst' : 'projects.ganttInside', { shown: counted(shown), inside: counted(inside) }), ...(undated > 0 ? [t('projects.ganttUndated', { undated: counted(undated) })] : [])].join(' · ')}</Remark>
      {shown < inside && shown < 2_000 && <Button size="small" onClick={() => onMore(Math.min(2_000, shown + wholeGantt))}>{t('projects.ganttMore')}</Button>}
    </Flex>
  );
}

function Chart({ planNo, read: { rows: items, period, today }, zoom, onOpen }: { planNo: number; read: Read; zoom: GanttZoom; onOpen: (itemNo: number) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const rows = useMemo(() => items.map((item): GanttRow => ({
    key: String(item.itemNo), name: item.name, from: item.from, to: item.to, ends: item.ends, isMilestone: item.kind === 'milestone', isDone: item.doneOn !== null, isCritical: item.isCritical,
    isMovable: mayEdit && item.doneOn === null, dependsOn: item.dependsOn.map(String), note: item.owner ?? '',
  })), [items, mayEdit]);
  const byKey = useMemo(() => new Map(items.map((item) => [String(item.itemNo), item])), [items]);
  const describe = (row: GanttRow, { from, to }: Days): string => {
    const late = byKey.get(row.key)?.lateDays ?? 0;
    return [row.name, row.isMilestone ? format.date(to) : `${format.date(from)} – ${format.date(to)}`, row.isDone ? t('projects.taskStateOf.done') : late > 0 && t('projects.lateBy', { count: late }), row.isCritical && t('projects.critical')].filter(Boolean).join(' · ');
  };
  const move = (item: ProjectGanttRow, { from, to }: Days): Promise<unknown> =>
    (item.kind === 'task' ? actions.edit({ ...item, kind: 'task' }, !item.hasStart && from === to ? { to } : { from, to }) : actions.edit({ ...item, kind: 'milestone' }, { due: to }));
  return (
    <Gantt
      key={period && `${period.from} ${period.to}`} rows={rows} today={today} zoom={zoom} title={t('projects.what')} describe={describe} onOpen={(key) => onOpen(Number(key))}
      {...(period && (today < period.from || today > period.to) ? { start: period.from } : {})}
      {...(mayEdit ? { onMove: (key: string, days: Days) => {
        const item = byKey.get(key);
        return item ? move(item, days) : Promise.resolve();
      } } : {})}
    />
  );
}
