import { useTranslation } from 'react-i18next';
import { Alert, Button, ComputedAt, DescriptionList, Flex, Link, Popconfirm, Section, Stack, Tag, Timeline, TrendChart, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { type ItemBody, listDoers, listRobots, type MonitorStanding } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';
import { useItemActions } from '../frame/use-items.tsx';
import type { MonitorItem } from './monitor-form.tsx';
import { useBoundText } from './use-bound-text.ts';

const colours = { within: 'success', crossed: 'error', unknown: 'default' } as const;

export interface MonitorCardProps {
  planNo: number;
  monitor: MonitorItem & { standing: MonitorStanding; isWatched: boolean };
  onEdit: () => void;
}

/** One rule: how it stands, its figures of late against its bound, and who was told when. */
export function MonitorCard({ planNo, monitor: { itemNo, body, standing, isWatched }, onEdit }: MonitorCardProps) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const text = useMetricText();
  const bound = useBoundText();
  const unit = (body.metric && text.metric(body.metric.metric)?.unit) ?? null;
  const figure = (value: string): string => `${text.value(value, unit)}${body.unit}`;
  const { state, since, readings, turns, lookedAt } = standing;
  const newest = readings.at(-1);
  const days = ({ from, to }: { from: string; to: string }): string => (from === to ? format.date(to) : t('monitors.newest', { from: format.date(from), to: format.date(to) }));
  return (
    <Section
      title={<Flex gap={8} wrap align="center"><span style={{ overflowWrap: 'anywhere' }}>{body.name}</span><Tag color={colours[state]}>{t(`monitors.states.${state}`)}</Tag></Flex>}
      extra={mayEdit && (
        <Flex gap={8} wrap justify="end">
          <Button size="small" onClick={onEdit}>{t('meetings.editShort')}</Button>
          <Popconfirm title={t('monitors.removeAsk', { name: body.name })} onConfirm={() => actions.remove(itemNo).catch(() => undefined)}><Button size="small" type="text" danger>{t('monitors.remove')}</Button></Popconfirm>
        </Flex>
      )}
    >
      <Stack>
        <DescriptionList items={[
          { label: t('monitors.value'), value: newest ? `${newest.value === null ? t(`figures.states.${newest.state}`) : figure(newest.value)} · ${days(newest)}` : isWatched ? t('monitors.notLooked') : undefined },
          ...(since ? [{ label: t(`monitors.sinceOf.${state}`), value: format.date(since) }] : []),
          { label: t('monitors.bound'), value: bound(body.bound, unit, body.unit) },
          { label: t('monitors.window'), value: t(`monitors.windows.${body.window}`) },
          { label: t('monitors.metric'), value: body.metric ? <MetricLink asked={body.metric} newest={newest} /> : t('monitors.typedIn') },
          { label: t('monitors.tells'), value: <Tells body={body} /> },
        ]} />
        {readings.some(({ value }) => value !== null) && <Trend body={body} readings={readings} unit={unit} />}
        {state === 'crossed' && turns[0]?.state !== 'crossed' && <Alert type="warning" showIcon title={t('monitors.untold')} />}
        {turns.length > 0 && (
          <Timeline items={turns.slice(0, shownTurns).map((turn) => ({
            key: turn.at, at: turn.at, title: `${t(`monitors.turn.${turn.state}`)} · ${figure(turn.value)} · ${days(turn)}`,
            body: turn.told.length > 0 ? t('monitors.told', { names: turn.told.join(t('document.comma')) }) : t('monitors.toldNobody'),
          }))} />
        )}
        {lookedAt && <ComputedAt at={lookedAt} />}
      </Stack>
    </Section>
  );
}

const shownTurns = 6;

/** Where the same can be asked with all its parts. */
function MetricLink({ asked, newest }: { asked: NonNullable<ItemBody<'monitor'>['metric']>; newest: { from: string; to: string } | undefined }) {
  const text = useMetricText();
  const label = text.label(asked);
  if (!useMay('insights.read') || !newest) return <>{label}</>;
  const question = { metrics: [asked.metric], dimensions: [], filters: asked.filter ? [{ dimension: asked.filter.dimension, test: 'in', values: [asked.filter.value] }] : [], period: { from: newest.from, to: newest.to }, compare: 'before' };
  return <Link to={`/insights/explore?q=${encodeURIComponent(JSON.stringify(question))}`}>{label}</Link>;
}

function Tells({ body: { tellsOwner, tellsAccounts, tellsRobots } }: { body: Pick<ItemBody<'monitor'>, 'tellsOwner' | 'tellsAccounts' | 'tellsRobots'> }) {
  const { t } = useTranslation('planning');
  const doers = useEndpoint(listDoers, {}, { enabled: tellsAccounts.length > 0 });
  const robots = useEndpoint(listRobots, {}, { enabled: tellsRobots.length > 0 });
  const names = [
    ...(tellsOwner ? [t('monitors.tellsOwner')] : []),
    ...(doers.data?.doers ?? []).filter(({ staffId }) => tellsAccounts.includes(staffId)).map(({ name }) => name),
    ...(robots.data?.robots ?? []).filter(({ robotNo }) => tellsRobots.includes(robotNo)).map(({ name }) => name),
  ];
  return <>{names.length === 0 && tellsAccounts.length + tellsRobots.length === 0 ? t('monitors.tellsNobody') : names.join(t('document.comma'))}</>;
}

/** The figures with the lines they should stay between. */
function Trend({ body: { name, bound }, readings, unit }: { body: ItemBody<'monitor'>; readings: MonitorStanding['readings']; unit: 'number' | 'money' | 'percent' | string | null }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const line = (label: string, value: string) => ({ name: label, values: readings.map(() => Number(value)), muted: true });
  return (
    <TrendChart
      title={t('monitors.trend')} summary={name} heading={t('monitors.period')} heightPx={180} unit={unit === 'money' || unit === 'percent' ? unit : 'number'} categories={readings.map(({ to }) => format.date(to))}
      series={[{ name: t('monitors.value'), values: readings.map(({ value }) => (value === null ? null : Number(value))) }, ...('low' in bound ? [line(t('monitors.low'), bound.low)] : []), ...('high' in bound ? [line(t('monitors.high'), bound.high)] : [])]}
    />
  );
}
