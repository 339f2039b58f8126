import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Chart, useFormat } from '../../../../web/kit.ts';
import type { readFlow } from '../../contract.ts';
import { useKindName } from './use-kind-name.ts';

type Flow = EndpointReply<typeof readFlow>;

/** What is a smaller part of all paths than this is left out of the drawing, not of the table. */
const leastShare = 0.005;
const endKind = -1;

/** Paths as streams from step to step; those that end flow out at the side. */
export function FlowChart({ reply }: { reply: Flow }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const kindName = useKindName();
  const { paths, kinds, nodes, links } = reply;
  const nameOf = (kind: number): string => (kind === endKind ? t('flow.end') : kindName(kinds[kind]));
  const { option, table } = useMemo(() => {
    const last = Math.max(...nodes.map(({ depth }) => depth));
    const ending = nodes.filter(({ ends, depth }) => ends > 0 && depth < last).map(({ depth, kind, ends }) => ({ depth, from: kind, to: endKind, paths: ends }));
    const shown = [...links, ...ending].filter((link) => link.paths >= paths * leastShare);
    const idOf = (depth: number, kind: number): string => `${depth} ${kind}`;
    const ids = new Map(shown.flatMap(({ depth, from, to }) => [[idOf(depth, from), from], [idOf(depth + 1, to), to]]));
    return {
      option: {
        tooltip: { trigger: 'item', confine: true, formatter: ({ data }: { data: { source?: string; target?: string; value?: number; name?: string } }) => (data.source && data.target ? `${nameOf(ids.get(data.source) ?? 0)} → ${nameOf(ids.get(data.target) ?? 0)}: ${format.number(data.value)}` : nameOf(ids.get(data.name ?? '') ?? 0)) },
        series: [{
          type: 'sankey', left: 4, right: 110, top: 8, bottom: 8, nodeGap: 12, nodeWidth: 12, draggable: false, emphasis: { focus: 'adjacency' },
          data: [...ids].map(([name, kind]) => ({ name, ...(kind === endKind ? { itemStyle: { color: '#b9b5aa' } } : {}) })),
          links: shown.map(({ depth, from, to, paths: value }) => ({ source: idOf(depth, from), target: idOf(depth + 1, to), value })),
          label: { formatter: ({ name }: { name: string }) => nameOf(ids.get(name) ?? 0), overflow: 'truncate', width: 104 },
          lineStyle: { color: 'source', opacity: 0.25, curveness: 0.5 },
        }],
      },
      table: {
        columns: [t('flow.column.place'), t('flow.column.from'), t('flow.column.to'), t('flow.column.paths')],
        rows: shown.map(({ depth, from, to, paths: value }) => [depth + 1, nameOf(from), nameOf(to), format.number(value)]),
      },
    };
  }, [paths, nodes, links, kinds, format, t, kindName]);
  return <Chart title={t('flow.chart')} summary={t('flow.chartSummary')} option={option} table={table} heightPx={460} />;
}
