import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addDays, Button, EmptyState, FilterSelect, Flex, Loaded, PageHeader, Section, SegmentedControl, Stack, StatGrid, StatTile, Table, TrendChart, Typography, useEndpoint, useFormat, useSearchState } from '../../../../web/kit.ts';
import { AuditOutlined } from '../../../../web/icons.tsx';
import { channelKinds, type HeldRow, readHeldBack, reasons, type Reason } from '../../contract.ts';
import { HeldPeople } from './held-people.tsx';
import { ProgramName } from './program-name.tsx';
import { VerdictTag } from './verdict-tag.tsx';

const chosen = z.object({ days: z.enum(['1', '7', '30']).optional(), reason: z.enum(reasons).optional(), channel: z.enum(channelKinds).optional() });

/** Who was held back by what: by reason, program and channel, with the people behind each number. */
export default function HeldBackPage() {
  const { t } = useTranslation('messaging');
  const [{ days = '7', reason, channel }, change] = useSearchState(chosen);
  const by = { days: Number(days), ...(reason ? { reason } : {}), ...(channel ? { channel } : {}) };
  const held = useEndpoint(readHeldBack, { query: by }, { refreshMs: 60_000 });
  const [opened, setOpened] = useState<HeldRow | null>(null);
  return (
    <>
      <PageHeader title={t('ledger.title')} subtitle={t('ledger.subtitle')} />
      <Stack>
        <Flex gap="small" wrap>
          <SegmentedControl<'1' | '7' | '30'> label={t('ledger.days')} value={days} options={(['1', '7', '30'] as const).map((value) => ({ value, label: t(`ledger.lastDays.${value}`) }))} onChange={(value) => change({ days: value })} />
          <FilterSelect filter={{ key: 'reason', label: t('ledger.column.reason'), options: reasons.slice(1).map((value) => ({ value, label: t(`reason.${value}`) })) }} chosen={reason ? [reason] : []} onChoose={([value]) => change({ reason: value as Reason | undefined })} />
          <FilterSelect filter={{ key: 'channel', label: t('gate.channel'), options: channelKinds.map((value) => ({ value, label: t(`channel.${value}`) })) }} chosen={channel ? [channel] : []} onChoose={([value]) => change({ channel: value as (typeof channelKinds)[number] | undefined })} />
        </Flex>
        <Loaded from={held}>
          {({ rows, days: perDay, countedAt, from, until }) => (rows.length === 0 ? <EmptyState icon={<AuditOutlined />} title={t('ledger.empty')} hint={t('ledger.emptyHint')} /> : (
            <Stack>
              <Tiles rows={rows} countedAt={countedAt} />
              <Section><DayChart perDay={perDay} from={from} until={until} /></Section>
              <Rows rows={rows} onOpen={setOpened} />
            </Stack>
          ))}
        </Loaded>
        {held.data && <Kept months={held.data.keptMonths} from={held.data.keptFrom} />}
      </Stack>
      {opened && <HeldPeople row={opened} days={by.days} onClose={() => setOpened(null)} />}
    </>
  );
}

/** How far back the decisions of each person go. */
function Kept({ months, from }: { months: number; from: string | null }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  return <Typography.Text type="secondary">{t('ledger.kept', { months })} {from !== null && t('ledger.keptFrom', { from: format.date(from) })}</Typography.Text>;
}

function Tiles({ rows, countedAt }: { rows: HeldRow[]; countedAt: string | null }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const of = (verdict: HeldRow['verdict']): number => rows.filter((row) => row.verdict === verdict).reduce((sum, row) => sum + row.decisions, 0);
  return (
    <StatGrid>
      {(['refuse', 'defer', 'hold_out'] as const).map((verdict) => (
        <StatTile key={verdict} label={t(`verdict.${verdict}`)} value={format.number(of(verdict))} unit={t('ledger.decisions')} definition={t(`ledger.meaning.${verdict}`)} {...(countedAt === null ? {} : { computedAt: countedAt })} />
      ))}
    </StatGrid>
  );
}

/** The reasons that held back most; the others are in the table. */
const mostLines = 3;

function DayChart({ perDay, from, until }: { perDay: { day: string; reason: Reason; decisions: number }[]; from: string; until: string }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const days = daysFrom(from, until);
  const total = (reason: Reason): number => perDay.filter((one) => one.reason === reason).reduce((sum, one) => sum + one.decisions, 0);
  const shown = [...new Set(perDay.map((one) => one.reason))].sort((a, b) => total(b) - total(a)).slice(0, mostLines);
  return (
    <TrendChart
      title={t('ledger.perDay')} summary={t('ledger.period', { from: format.date(from), until: format.date(until) })} heading={t('ledger.day')} categories={days.map((day) => format.date(day))}
      series={shown.map((reason) => ({ name: t(`reason.${reason}`), values: days.map((day) => perDay.find((one) => one.day === day && one.reason === reason)?.decisions ?? 0), kind: 'bar' as const }))}
    />
  );
}

/** Every day of the period, those on which nobody was held back too. */
function daysFrom(from: string, until: string): string[] {
  const days = [from];
  while (days[days.length - 1] < until) days.push(addDays(days[days.length - 1], 1));
  return days;
}

function Rows({ rows, onOpen }: { rows: HeldRow[]; onOpen: (row: HeldRow) => void }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  return (
    <Section title={t('ledger.byProgram')}>
      <Table<HeldRow>
        size="small" rowKey={(row) => `${row.runNo} ${row.verdict} ${row.reason}`} dataSource={rows} pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { key: 'reason', title: t('ledger.column.reason'), sorter: (a, b) => a.reason.localeCompare(b.reason), render: (_, row) => <Flex gap="small" wrap><VerdictTag verdict={row.verdict} />{t(`reason.${row.reason}`)}</Flex> },
          { key: 'program', title: t('ledger.column.program'), render: (_, row) => <Flex vertical><ProgramName program={row.program} /><Typography.Text type="secondary">{t(`channel.${row.channel}`)}</Typography.Text></Flex> },
          { key: 'decisions', title: t('ledger.column.people'), align: 'right', defaultSortOrder: 'descend', sorter: (a, b) => a.decisions - b.decisions, render: (_, row) => <Button type="link" onClick={() => onOpen(row)}>{format.number(row.decisions)}</Button> },
        ]}
      />
    </Section>
  );
}
