import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Chart, ComputedAt, DateRangePicker, EmptyState, Flex, Loaded, Section, Stack, StatGrid, StatTile, Table, todayIn, presetRange, useEndpoint, useFormat, useSearchState, useSession } from '../../../../web/kit.ts';
import { readTierMovement, type TierMovement } from '../../contract.ts';

const period = z.object({ from: z.iso.date().optional().catch(undefined), to: z.iso.date().optional().catch(undefined) });

/** Who moved from which tier to which in a period: a matrix and the streams between. */
export function MovementSection() {
  const { t } = useTranslation('membership');
  const [chosen, change] = useSearchState(period);
  const preset = presetRange('last90', todayIn(useSession().brand.timeZone));
  const range = chosen.from && chosen.to ? { from: chosen.from, to: chosen.to } : preset;
  const movement = useEndpoint(readTierMovement, { query: range });
  return (
    <Stack>
      <Flex><DateRangePicker label={t('tiers.column.period')} value={range} onChange={(next) => change({ from: next?.from, to: next?.to })} /></Flex>
      <Loaded from={movement}>
        {(shown) => (shown.moves.length === 0 ? <EmptyState title={t('tiers.movement.none')} hint={t('tiers.movement.noneHint')} /> : (
          <Stack>
            <Totals {...shown} />
            <Section><Streams {...shown} /></Section>
            <Section title={t('tiers.movement.table')}><Matrix {...shown} /></Section>
            <ComputedAt at={shown.computedAt} />
          </Stack>
        ))}
      </Loaded>
    </Stack>
  );
}

const rankOf = ({ tiers }: TierMovement, key: string | null): number => tiers.findIndex((tier) => tier.key === key);

function Totals(movement: TierMovement) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const sum = (holds: (from: string | null, to: string | null) => boolean): number => movement.moves.reduce((all, { from, to, people }) => all + (holds(from, to) ? people : 0), 0);
  const isMove = (from: string | null, to: string | null): boolean => from !== null && to !== null;
  return (
    <StatGrid>
      <StatTile label={t('tiers.person.kind.rise')} value={format.number(sum((from, to) => isMove(from, to) && rankOf(movement, to) > rankOf(movement, from)))} />
      <StatTile label={t('tiers.person.kind.drop')} value={format.number(sum((from, to) => isMove(from, to) && rankOf(movement, to) < rankOf(movement, from)))} />
      <StatTile label={t('tiers.movement.joined')} value={format.number(sum((from) => from === null))} />
      <StatTile label={t('tiers.movement.left')} value={format.number(sum((_, to) => to === null))} />
    </StatGrid>
  );
}

function useNames({ tiers }: TierMovement): { from: (key: string | null) => string; to: (key: string | null) => string } {
  const { t } = useTranslation('membership');
  const name = (key: string | null, none: string): string => (key === null ? none : (tiers.find((tier) => tier.key === key)?.name ?? key));
  return { from: (key) => name(key, t('tiers.movement.joined')), to: (key) => name(key, t('tiers.movement.left')) };
}

function Streams(movement: TierMovement) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const names = useNames(movement);
  const { moves, tiers } = movement;
  const { option, table } = useMemo(() => {
    const color = (key: string): string | undefined => tiers.find((tier) => tier.key === key)?.color;
    const nodes = [...new Set(moves.flatMap(({ from, to }) => [`from ${from ?? ''}`, `to ${to ?? ''}`]))];
    const nameOf = (node: string): string => (node.startsWith('from ') ? names.from(node.slice(5) || null) : names.to(node.slice(3) || null));
    return {
      option: {
        tooltip: { trigger: 'item', confine: true, formatter: ({ data }: { data: { source?: string; target?: string; value?: number; name?: string } }) => (data.source && data.target ? `${nameOf(data.source)} → ${nameOf(data.target)}: ${format.number(data.value)}` : nameOf(data.name ?? '')) },
        series: [{
          type: 'sankey', left: 90, right: 110, top: 8, bottom: 8, nodeGap: 14, nodeWidth: 14, draggable: false, emphasis: { focus: 'adjacency' },
          data: nodes.map((name) => ({ name, itemStyle: { color: color(name.replace(/^(from|to) /, '')) ?? '#b9b5aa' }, label: { position: name.startsWith('from ') ? 'left' : 'right' } })),
          links: moves.map(({ from, to, people }) => ({ source: `from ${from ?? ''}`, target: `to ${to ?? ''}`, value: people })),
          label: { formatter: ({ name }: { name: string }) => nameOf(name), overflow: 'truncate', width: 84 },
          lineStyle: { color: 'source', opacity: 0.3, curveness: 0.5 },
        }],
      },
      table: { columns: [t('tiers.column.from'), t('tiers.column.to'), t('tiers.people')], rows: moves.map(({ from, to, people }) => [names.from(from), names.to(to), format.number(people)]) },
    };
  }, [moves, tiers, names, format, t]);
  return <Chart title={t('tiers.movement.flow')} summary={t('tiers.movement.hint')} option={option} table={table} heightPx={320} />;
}

function Matrix(movement: TierMovement) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const names = useNames(movement);
  const keys = movement.tiers.map(({ key }) => key);
  const peopleOf = (from: string | null, to: string | null): string => {
    const move = movement.moves.find((each) => each.from === from && each.to === to);
    return move ? format.number(move.people) : '';
  };
  return (
    <Table<{ key: string; from: string | null }>
      rowKey="key" size="small" pagination={false} scroll={{ x: 'max-content' }}
      dataSource={[...keys, null].map((from) => ({ key: from ?? 'joined', from }))}
      columns={[
        { title: `${t('tiers.column.from')} ＼ ${t('tiers.column.to')}`, fixed: 'start', render: (_, { from }) => names.from(from) },
        ...[...keys, null].map((to) => ({ key: to ?? 'left', title: names.to(to), align: 'end' as const, render: (_: unknown, { from }: { from: string | null }) => peopleOf(from, to) })),
      ]}
    />
  );
}
