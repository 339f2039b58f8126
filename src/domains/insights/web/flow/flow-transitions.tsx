import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Table, type TableProps, useFormat } from '../../../../web/kit.ts';
import type { FlowStepPeople, readFlow } from '../../contract.ts';
import { useKindName } from './use-kind-name.ts';

type Flow = EndpointReply<typeof readFlow>;
interface Transition { at: number; from: number; to: number | 'end'; paths: number; share: number }

/** Every step from one kind to the next, or out, with the people who took it. */
export function FlowTransitions({ reply, onPeople }: { reply: Flow; onPeople: (of: Pick<FlowStepPeople, 'at' | 'step' | 'then'>) => void }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const kindName = useKindName();
  const { kinds, nodes, links } = reply;
  const rows = useMemo(() => {
    const through = new Map(nodes.map(({ depth, kind, paths }) => [`${depth} ${kind}`, paths]));
    const of = (depth: number, kind: number): number => through.get(`${depth} ${kind}`) ?? 1;
    const all: Transition[] = [
      ...links.map(({ depth, from, to, paths }) => ({ at: depth, from, to, paths, share: paths / of(depth, from) })),
      ...nodes.filter(({ ends }) => ends > 0).map(({ depth, kind, paths, ends }) => ({ at: depth, from: kind, to: 'end' as const, paths: ends, share: ends / paths })),
    ];
    return all.sort((a, b) => b.paths - a.paths);
  }, [nodes, links]);
  const toName = (to: Transition['to']): string => (to === 'end' ? t('flow.end') : kindName(kinds[to]));
  const columns: TableProps<Transition>['columns'] = [
    { key: 'at', title: t('flow.column.place'), render: (_, { at }) => t('flow.place', { place: at + 1 }), sorter: (a, b) => a.at - b.at },
    { key: 'from', title: t('flow.column.from'), render: (_, { from }) => kindName(kinds[from]) },
    { key: 'to', title: t('flow.column.to'), render: (_, { to }) => toName(to) },
    { key: 'paths', title: t('flow.column.paths'), align: 'right', render: (_, { paths }) => format.number(paths), sorter: (a, b) => a.paths - b.paths },
    { key: 'share', title: t('flow.column.share'), align: 'right', render: (_, { share }) => format.percent(share), sorter: (a, b) => a.share - b.share },
    {
      key: 'people', title: '', align: 'right',
      render: (_, { at, from, to }) => <Button size="small" onClick={() => onPeople({ at, step: kinds[from], then: to === 'end' ? 'end' : kinds[to] })}>{t('flow.who')}</Button>,
    },
  ];
  return <Table rowKey={({ at, from, to }) => `${at} ${from} ${to}`} size="small" scroll={{ x: 'max-content' }} pagination={{ pageSize: 15, showSizeChanger: false }} columns={columns} dataSource={rows} />;
}
