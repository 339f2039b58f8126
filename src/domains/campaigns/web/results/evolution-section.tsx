import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ComputedAt, Loaded, Section, SegmentedControl, Stack, Table, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { readCampaignEvolution, type SegmentName } from '../../contract.ts';
import { useSegmentName } from './segment-section.tsx';

type Evolution = EndpointReply<typeof readCampaignEvolution>;
interface Row {
  after: SegmentName;
  before: number;
  reached: number;
  control: number;
}

/** Where people are now, of those reached beside those left out; from everywhere, or from one segment alone. */
export function EvolutionSection({ campaignNo }: { campaignNo: number }) {
  const { t } = useTranslation('campaigns');
  const [isOpen, setOpen] = useState<'no' | 'yes'>('no');
  return (
    <Section title={t('results.evolution.title')} extra={<SegmentedControl label={t('results.evolution.title')} value={isOpen} options={[{ value: 'no', label: t('results.evolution.hide') }, { value: 'yes', label: t('results.evolution.show') }]} onChange={setOpen} />}>
      {isOpen === 'yes' ? <Shown campaignNo={campaignNo} /> : <Typography.Text type="secondary">{t('results.evolution.hint')}</Typography.Text>}
    </Section>
  );
}

function Shown({ campaignNo }: { campaignNo: number }) {
  const evolution = useEndpoint(readCampaignEvolution, { params: { campaignNo } }, { freshForMs: 300_000 });
  return <Loaded from={evolution}>{(found) => <Moves {...found} />}</Loaded>;
}

function Moves({ moves, reached, control, computedAt }: Evolution) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const nameOf = useSegmentName();
  const rows = useMemo(() => {
    const of = new Map<SegmentName, Row>();
    const row = (after: SegmentName): Row => of.get(after) ?? of.set(after, { after, before: 0, reached: 0, control: 0 }).get(after) as Row;
    for (const move of moves) {
      row(move.before).before += move.reached;
      row(move.after).reached += move.reached;
      row(move.after).control += move.control;
    }
    return [...of.values()];
  }, [moves]);
  const share = (part: number, of: number): string => (of === 0 ? '–' : format.percent(part / of, 1));
  return (
    <Stack>
      <Table<Row>
        rowKey="after" size="small" pagination={false} dataSource={rows} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'segment', title: t('results.bySegment.segment'), render: (_, { after }) => nameOf(after) },
          { key: 'before', title: t('results.evolution.before'), align: 'end', render: (_, { before }) => share(before, reached) },
          { key: 'reached', title: t('results.evolution.reachedNow'), align: 'end', render: (_, row) => share(row.reached, reached) },
          { key: 'control', title: t('results.evolution.controlNow'), align: 'end', render: (_, row) => share(row.control, control) },
          { key: 'difference', title: t('results.evolution.difference'), align: 'end', render: (_, row) => (reached === 0 || control === 0 ? '–' : `${row.reached / reached >= row.control / control ? '+' : ''}${format.percent(row.reached / reached - row.control / control, 2)}`) },
        ]}
      />
      <Typography.Text type="secondary"><small>{t('results.evolution.note')}</small></Typography.Text>
      <ComputedAt at={computedAt} />
    </Stack>
  );
}
