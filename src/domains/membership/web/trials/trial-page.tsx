import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card, currentLocale, FigureButton, Flex, Grid, HeatMatrix, Link, Loaded, PageHeader, Section, Sentence, Stack, StatGrid, StatTile, Table, Typography, useEndpoint, useFormat, usePathParam } from '../../../../web/kit.ts';
import { nameIn, readTrial, type ShownTrial, type TrialPeople, type TrialResult, type TrialWorst } from '../../contract.ts';
import { SidesTable } from './sides-table.tsx';
import { TrialPeopleDrawer } from './trial-people-drawer.tsx';
import { TrialState } from './trial-state.tsx';
import { useMemberName } from '../use-member-name.ts';

/** What a version of the programme would have made of everybody, beside the one in force and what is really so. */
export default function TrialPage() {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const trialNo = Number(usePathParam('trialNo'));
  const found = useEndpoint(readTrial, { params: { trialNo } }, { refreshMs: (reply) => (reply?.state === 'waiting' || reply?.state === 'running' ? 1_000 : false) });
  return (
    <Loaded from={found}>
      {(trial) => (
        <Stack>
          <PageHeader
            title={t('trial.of', { no: trial.versionNo, name: nameIn(trial.names, currentLocale()) })} breadcrumbs={[{ label: t('trial.title'), to: '/members/trials' }]}
            subtitle={trial.againstNo === null ? t('trial.alone', { when: format.dateTime(trial.asOf) }) : t('trial.beside', { no: trial.againstNo, when: format.dateTime(trial.asOf) })}
          />
          {trial.result ? <Result trial={trial} result={trial.result} /> : <TrialState trial={trial} />}
          {(trial.state === 'waiting' || trial.state === 'running') && <Typography.Text type="secondary">{t('trial.runningHint')}</Typography.Text>}
        </Stack>
      )}
    </Loaded>
  );
}

const ways = ['up', 'down', 'more', 'fewer'] as const;

/** Without a version in force there is nothing to compare with: only what the draft would make of everybody is told. */
function Result({ trial, result }: { trial: ShownTrial; result: TrialResult }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [of, setOf] = useState<TrialPeople | null>(null);
  const isAlone = trial.againstNo === null;
  const instead = (amount: string): string | undefined => (isAlone ? undefined : t('trial.instead', { amount: format.money(amount) }));
  const [members, liability] = [format.number(result.draft.members), format.money(result.draft.liability)];
  return (
    <Stack>
      <Sentence>
        {isAlone ? t('trial.sentenceAlone', { members, liability })
          : t('trial.sentence', { members, up: format.number(result.up), down: format.number(result.down), liability, before: format.money(result.present.liability) })}
      </Sentence>
      <StatGrid computedAt={trial.finishedAt ?? trial.asOf}>
        {isAlone ? <StatTile label={t('trial.row.members')} value={members} /> : ways.map((way) => (
          <StatTile key={way} label={t(`trial.way.${way}`)} definition={t(`trial.wayHint.${way}`)}
            value={result[way] === 0 ? format.number(0) : <FigureButton text={format.number(result[way])} label={t(`trial.way.${way}`)} onClick={() => setOf(way)} />} />
        ))}
        <StatTile label={t('trial.cost')} definition={t('trial.costHint')} value={format.money(result.draft.cost)} unit={instead(result.present.cost)} />
        <StatTile label={t('trial.liability')} definition={t('trial.liabilityHint')} value={liability} unit={instead(result.present.liability)} />
      </StatGrid>
      {!isAlone && <Moves result={result} onPick={setOf} />}
      <Section title={t(isAlone ? 'trial.outcome' : 'trial.sides')}>
        <Stack>
          {!isAlone && <Typography.Text type="secondary">{t('trial.realHint')}</Typography.Text>}
          <SidesTable result={result} isAlone={isAlone} />
        </Stack>
      </Section>
      {!isAlone && <Worst worst={result.worst} result={result} />}
      <TrialPeopleDrawer trialNo={trial.trialNo} of={of} onClose={() => setOf(null)} />
    </Stack>
  );
}

const noMember = '-';

function Moves({ result: { draft, present, moves }, onPick }: { result: TrialResult; onPick: (of: TrialPeople) => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const most = Math.max(1, ...moves.map(({ people }) => people));
  const places = (tiers: TrialResult['draft']['tiers'], side: 'from' | 'to') => [
    ...(moves.some((move) => move[side] === null) ? [{ key: noMember, label: t('trial.noMember') }] : []), ...tiers.map(({ key, names }) => ({ key, label: nameIn(names, currentLocale()) })),
  ];
  const keyOf = (place: string): string | null => (place === noMember ? null : place);
  return (
    <Section title={t('trial.moves')}>
      <Stack>
        <Typography.Text type="secondary">{t('trial.movesHint')}</Typography.Text>
        <HeatMatrix
          caption={t('trial.moves')} rows={places(present.tiers, 'from')} columns={places(draft.tiers, 'to')}
          cellOf={(from, to) => {
            const move = moves.find((each) => each.from === keyOf(from) && each.to === keyOf(to));
            return move ? { heat: move.people / most, text: format.number(move.people), label: `${from} → ${to}: ${format.number(move.people)}` } : null;
          }}
          onPick={(from, to) => onPick({ from: keyOf(from), to: keyOf(to) })}
        />
      </Stack>
    </Section>
  );
}

function Worst({ worst, result }: { worst: TrialWorst[]; result: TrialResult }) {
  const { t } = useTranslation('membership');
  const memberName = useMemberName();
  const format = useFormat();
  const nameOf = (side: 'draft' | 'present', key: string | null): string => (key === null ? t('trial.noMember') : nameIn(result[side].tiers.find((tier) => tier.key === key)?.names ?? {}, currentLocale()));
  const isWide = Grid.useBreakpoint().md;
  const cell = (side: 'draft' | 'present') => (_: unknown, row: TrialWorst) => <>{nameOf(side, row[side].tier)}<br /><Typography.Text type="secondary">{row[side].why}</Typography.Text></>;
  return (
    <Section title={t('trial.worst')}>
      {isWide ? <Table
        rowKey="customerNo" dataSource={worst} pagination={false} scroll={{ x: 860 }} locale={{ emptyText: t('trial.noWorst') }}
        columns={[
          { title: t('trial.person'), render: (_, { customerNo, name }) => <Link to={`/users/${customerNo}`}>{memberName({ customerNo, name })}</Link> },
          { title: t('trial.levels'), align: 'right', render: (_, { levels }) => format.number(levels), sorter: (a, b) => a.levels - b.levels },
          { title: t('trial.pointsLost'), align: 'right', render: (_, { pointsLost }) => format.number(pointsLost), sorter: (a, b) => a.pointsLost - b.pointsLost },
          { title: t('trial.present'), render: cell('present') },
          { title: t('trial.draft'), render: cell('draft') },
        ]}
      /> : <Stack>{worst.map((row) => (
        <Card key={row.customerNo} size="small">
          <Flex justify="space-between" gap="small">
            <Link to={`/users/${row.customerNo}`}>{memberName(row)}</Link>
            <Typography.Text>{t('trial.lost', { levels: format.number(row.levels), points: format.number(row.pointsLost) })}</Typography.Text>
          </Flex>
          {(['present', 'draft'] as const).map((side) => <Flex vertical key={side}><Typography.Text type="secondary">{t(`trial.${side}`)}</Typography.Text><span>{cell(side)(null, row)}</span></Flex>)}
        </Card>
      ))}</Stack>}
    </Section>
  );
}
