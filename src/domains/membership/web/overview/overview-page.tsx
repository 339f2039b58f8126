import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, currentLocale, EmptyState, Loaded, PageHeader, Section, Sentence, Stack, StatGrid, StatTile, Table, TrendChart, Typography, useEndpoint, useFormat, useNavigateTo } from '../../../../web/kit.ts';
import { type MembersOverview, nameIn, readMembersOverview } from '../../contract.ts';

const renewMs = 60_000;

/** Members, their tiers and their points: how many there are, how that came, and what is owed for it. */
export default function MembersOverviewPage() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const found = useEndpoint(readMembersOverview, {}, { refreshMs: renewMs });
  return (
    <Stack>
      <PageHeader title={t('overview.title')} subtitle={t('overview.subtitle')} />
      <Loaded from={found}>
        {({ overview }) => (overview
          ? <Overview overview={overview} />
          : <EmptyState title={t('overview.none')} hint={t('overview.noneHint')} action={<Button type="primary" onClick={() => navigate('/members/programme')}>{t('overview.toProgramme')}</Button>} />)}
      </Loaded>
    </Stack>
  );
}

function Overview({ overview }: { overview: MembersOverview }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const { members, outstanding, faceValue, liability, breakage, joined, points, computedAt } = overview;
  const lastMonth = joined.at(-1)?.month;
  const newest = joined.filter(({ month }) => month === lastMonth).reduce((sum, { people }) => sum + people, 0);
  const share = breakage ? format.percent(breakage.share, 1) : '–';
  return (
    <Stack>
      <Sentence>{t('overview.sentence', { members: format.number(members), outstanding: format.number(outstanding), liability: format.money(liability) })}</Sentence>
      <StatGrid computedAt={computedAt}>
        <StatTile label={t('overview.members')} definition={t('overview.membersHint')} value={format.number(members)} to="/members" />
        <StatTile label={t('overview.newest')} definition={t('overview.newestHint')} value={format.number(newest)} />
        <StatTile label={t('overview.outstanding')} definition={t('overview.outstandingHint')} value={format.number(outstanding)} />
        <StatTile label={t('overview.faceValue')} definition={t('overview.faceValueHint')} value={format.money(faceValue)} />
        <StatTile label={t('overview.breakage')} definition={breakage ? t('overview.breakageHint', { low: format.percent(breakage.low, 1), high: format.percent(breakage.high, 1) }) : t('overview.breakageNone')} value={share} />
        <StatTile label={t('overview.liability')} definition={t('overview.liabilityHint')} value={format.money(liability)} />
      </StatGrid>
      <Tiers overview={overview} />
      <Joined joined={joined} />
      <Section title={t('overview.points')}><PointsChart points={points} /></Section>
    </Stack>
  );
}

function Tiers({ overview: { tiers, members, makeUp } }: { overview: MembersOverview }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const nameOf = (names: MembersOverview['tiers'][number]['names']): string => nameIn(names, currentLocale());
  const categories = useMemo(() => makeUp.map(({ month }) => month.slice(0, 7)), [makeUp]);
  const series = useMemo(() => tiers.map(({ key, names }) => ({ name: nameIn(names, currentLocale()), values: makeUp.map((each) => each.members[key] ?? 0) })), [tiers, makeUp]);
  return (
    <Section title={t('overview.tiers')}>
      <Stack>
        <Table size="small" rowKey="key" dataSource={tiers} pagination={false} scroll={{ x: 320 }}
          columns={[
            { title: t('overview.tier'), render: (_, { names }) => nameOf(names) },
            { title: t('overview.members'), align: 'right', render: (_, tier) => format.number(tier.members), sorter: (a, b) => a.members - b.members },
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
    <Section title={t('overview.joined')}>
      {joined.length === 0 ? <Typography.Text type="secondary">{t('overview.nobodyJoined')}</Typography.Text> : <TrendChart title={t('overview.joined')} heading={t('overview.month')} categories={categories} series={series} />}
    </Section>
  );
}

function PointsChart({ points }: { points: MembersOverview['points'] }) {
  const { t } = useTranslation('membership');
  const categories = useMemo(() => points.map(({ month }) => month.slice(0, 7)), [points]);
  const series = useMemo(() => (['issued', 'spent', 'expired', 'takenBack'] as const).map((kind) => ({ name: t(`overview.kind.${kind}`), values: points.map((month) => month[kind]) })), [points, t]);
  if (points.length === 0) return <Typography.Text type="secondary">{t('overview.noPoints')}</Typography.Text>;
  return <TrendChart title={t('overview.points')} heading={t('overview.month')} categories={categories} series={series} />;
}
