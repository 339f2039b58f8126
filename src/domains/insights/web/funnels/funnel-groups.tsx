import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Section, Table, type TableProps, Typography, useFormat } from '../../../../web/kit.ts';
import type { FunnelSplit, FunnelStep, readFunnel } from '../../contract.ts';
import { useStepName } from './use-step-name.ts';

type FunnelGroup = EndpointReply<typeof readFunnel>['groups'][number];

interface FunnelGroupsProps {
  groups: FunnelGroup[];
  asked: readonly FunnelStep[];
  split: FunnelSplit['by'];
  onPeople: (step: number, group: FunnelGroup['key']) => void;
}

const named: readonly (string | null)[] = ['new', 'returning', 'in', 'out'];

/** The same funnel for each group of people, side by side. */
export function FunnelGroups({ groups, asked, split, onPeople }: FunnelGroupsProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const nameOf = useStepName();
  const groupName = (key: string | null): string => {
    if (key === null) return t('funnel.group.rest');
    if (split === 'newness' || split === 'tag' || split === 'audience') return named.includes(key) ? t(`funnel.group.${key}`) : key;
    if (split === 'gender') return key === '' ? t('funnel.group.unsaid') : t(`funnel.gender.${key}`, { defaultValue: key });
    return key === '' ? t('funnel.group.unsaid') : key;
  };
  const columns: TableProps<FunnelGroup>['columns'] = [
    { key: 'group', title: t(`funnel.split.${split}`), render: (_, { key }) => groupName(key) },
    ...asked.map((step, place) => ({
      key: String(place), title: nameOf(step), align: 'right' as const,
      render: (_: unknown, { key, reached }: FunnelGroup) => (
        <>
          <Button type="link" size="small" onClick={() => onPeople(place, key)}>{format.number(reached[place])}</Button>
          {place > 0 && <Typography.Text type="secondary">{format.percent(reached[0] === 0 ? null : reached[place] / reached[0])}</Typography.Text>}
        </>
      ),
    })),
  ];
  return (
    <Section title={t('funnel.groups')}>
      <Table rowKey={({ key }) => key ?? ' '} size="small" pagination={false} scroll={{ x: 'max-content' }} columns={columns} dataSource={groups} />
    </Section>
  );
}
