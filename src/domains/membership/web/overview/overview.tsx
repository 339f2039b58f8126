import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, currentLocale, FigureButton, Section, Sentence, Stack, StatGrid, StatTile, Table, TrendChart, Typography, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { type CellOf, question } from '../../../insights/contract.ts';
import { PeopleDrawer } from '../../../insights/web/people/people-drawer.tsx';
import { type MembersOverview, nameIn, readPointsProof } from '../../contract.ts';

/** The people behind a number, as reports find them. */
const behind = (name: string, period: object = { relative: 'thisMonth' }, at: CellOf['at'] = []): CellOf => {
  const metric = `membership.${name}`;
  return { kind: 'cell', metric, at, question: question.parse({ metrics: [metric], period }) };
};

/** The first and the last day of a month. */
const monthOf = (first: string): object => ({ from: first, to: new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 0)).toISOString().slice(0, 10) });

/** How many there are, what is owed to them, and how that came; `value` stands between. */
export function Overview({ overview, value }: { overview: MembersOverview; value: ReactNode }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const mayAsk = useMay('insights.read');
  const [people, setPeople] = useState<CellOf | null>(null);
  const { members, outstanding, faceValue, liability, breakage, joined, computedAt } = overview;
  const lastMonth = joined.at(-1)?.month ?? computedAt.slice(0, 7).concat('-01');
  const newest = joined.filter(({ month }) => month === lastMonth).reduce((sum, each) => sum + each.people, 0);
  const figure = (shown: number, what: string, of: CellOf): ReactNode => (mayAsk && shown > 0
    ? <FigureButton text={format.number(shown)} label={t('overview.showPeople', { what, value: format.number(shown) })} onClick={() => setPeople(of)} /> : format.number(shown));
  return (
    <Stack>
      <Sentence>{t(breakage ? 'overview.sentence' : 'overview.sentenceNone', { members: format.number(members), outstanding: format.number(outstanding), liability: format.money(liability), faceValue: format.money(faceValue) })}</Sentence>
      <StatGrid computedAt={computedAt}>
        <StatTile label={t('overview.members')} definition={t('overview.membersHint')} value={figure(members, t('overview.members'), behind('members'))} to="/members" />
        <StatTile label={t('overview.newest')} definition={t('overview.newestHint')} value={figure(newest, t('overview.newest'), behind('joined', monthOf(lastMonth)))} />
        <StatTile label={t('overview.outstanding')} definition={t('overview.outstandingHint')} value={figure(outstanding, t('overview.outstanding'), behind('points'))} />
        <StatTile label={t('overview.faceValue')} definition={t('overview.faceValueHint')} value={format.money(faceValue)} />
        <StatTile label={t('overview.breakage')} definition={breakage ? t('overview.breakageHint', { low: format.percent(breakage.low, 1), high: format.percent(breakage.high, 1) }) : t('overview.breakageNone')} value={breakage ? format.percent(breakage.share, 1) : '–'} />
        <StatTile label={t('overview.liability')} definition={t('overview.liabilityHint')} value={format.money(liability)} />
      </StatGrid>
      {value}
      <Tiers overview={overview} figure={(tier) => figure(tier.members, nameIn(tier.names, currentLocale()), behind('members', undefined, [{ dimension: 'membership.tier', key: tier.key }]))} />
      <Joined joined={joined} />
      <Points points={overview.points} />
      <Proof />
      <PeopleDrawer of={people} onClose={() => setPeople(null)} />
    </Stack>
  );
}

function Tiers({ overview: { tiers, members, makeUp }, figure }: { overview: MembersOverview; figure: (tier: MembersOverview['tiers'][number]) => ReactNode }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const categories = useMemo(() => makeUp.map(({ month }) => month.slice(0, 7)), [makeUp]);
  const series = useMemo(() => tiers.map(({ key, names }) => ({ name: nameIn(names, currentLocale()), values: makeUp.map((each) => each.members[key] ?? 0) })), [tiers, makeUp]);
  return (
    <Section title={t('overview.tiers')}>
      <Stack>
        <Table size="small" rowKey="key" dataSource={tiers} pagination={false} scroll={{ x: 320 }}
          columns={[
            { title: t('overview.tier'), render: (_, { names }) => nameIn(names, currentLocale()) },
            { title: t('overview.members'), align: 'right', render: (_, tier) => figure(tier), sorter: (a, b) => a.members - b.members },
            { title: t('overview.share'), align: 'right', render: (_, tier) => format.percent(tier.members / Math.max(members, 1), 1) },
          ]} />
        {makeUp.length > 1 && <TrendChart title={t('overview.makeUp')} heading={t('overview.month')} categories={categories} series={series} />}
      </Stack>
    </Section>
  );
}

/** `order:天猫` is somebody's way, and the channel they came by. */
function Joined({ joined }: { joined: MembersOverview['joined'] }) {
  const { t } = useTranslation('membership');
  const { categories, series } = useMemo(() => {
    const months = [...new Set(joined.map(({ month }) => month))];
    const ways = [...Map.groupBy(joined, ({ way }) => way)].sort((a, b) => b[1].length - a[1].length).slice(0, 7);
    const wayOf = (way: string): string => {
      const [kind, channel] = way.split(':');
      return [t(`overview.way.${kind}`), channel].filter(Boolean).join(' · ');
    };
    return { categories: months.map((month) => month.slice(0, 7)), series: ways.map(([way, own]) => ({ name: wayOf(way), values: months.map((month) => own.find((each) => each.month === month)?.people ?? 0) })) };
  }, [joined, t]);
  return (
    <Section>
      {joined.length === 0 ? <Typography.Text type="secondary">{t('overview.nobodyJoined')}</Typography.Text> : <TrendChart title={t('overview.joined')} heading={t('overview.month')} categories={categories} series={series} />}
    </Section>
  );
}

function Points({ points }: { points: MembersOverview['points'] }) {
  const { t } = useTranslation('membership');
  const categories = useMemo(() => points.map(({ month }) => month.slice(0, 7)), [points]);
  const series = useMemo(() => (['issued', 'spent', 'expired', 'takenBack'] as const).map((kind) => ({ name: t(`overview.kind.${kind}`), values: points.map((month) => month[kind]) })), [points, t]);
  return (
    <Section>
      {points.length === 0 ? <Typography.Text type="secondary">{t('overview.noPoints')}</Typography.Text> : <TrendChart title={t('overview.points')} heading={t('overview.month')} categories={categories} series={series} />}
    </Section>
  );
}

/** What the last nightly proof of the ledger found. */
function Proof() {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const proof = useEndpoint(readPointsProof, {}).data?.proof;
  if (!proof) return null;
  const { provenAt, entries, fault } = proof;
  if (fault) return <Alert type="error" showIcon title={t(`overview.proof.${fault.kind}`, { no: fault.no })} description={t('overview.proof.whatToDo', { when: format.dateTime(provenAt) })} />;
  return <Typography.Text type="secondary">{t('overview.proof.well', { when: format.dateTime(provenAt), entries: format.number(entries) })}</Typography.Text>;
}
