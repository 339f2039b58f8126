import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, type Column, currentLocale, DataTable, DescriptionList, DrawnLines, EmptyState, Form, FormModal, Input, Link, Loaded, PageHeader, Popconfirm, Section, Sentence, Stack, StatGrid, StatTile, Table, Tag, TrendChart, Typography, useAction, useEndpoint, useFormat, useMay, useNavigateTo, usePathParam } from '../../../../web/kit.ts';
import { listAudiences } from '../../../audiences/contract.ts';
import type { DrawnLine } from '../../../../kernel/program.ts';
import { type Activity, deleteActivity, keepParticipants, listActivities, listParticipations, nameIn, type Participation, previewActivity, readActivity, readActivityCalendar, readActivityResults, turnActivity } from '../../contract.ts';
import { kindColors, stateColors } from './colors.ts';
import { useMemberName } from '../use-member-name.ts';

/** One activity: what it says, what came of it, and who took part. */
export default function ActivityPage() {
  const activity = useEndpoint(readActivity, { params: { activityNo: Number(usePathParam('activityNo')) } });
  return <Loaded from={activity}>{(found) => <Shown activity={found} />}</Loaded>;
}

function Shown({ activity }: { activity: Activity & { budgetLines: DrawnLine[] } }) {
  const { t } = useTranslation('membership');
  const { definition, state } = activity;
  const preview = useEndpoint(previewActivity, { body: { definition } });
  return (
    <Stack>
      <PageHeader
        title={nameIn(definition.names, currentLocale())}
        subtitle={<><Tag color={stateColors[state]}>{t(`activities.states.${state}`)}</Tag><Tag color={kindColors[definition.does.kind]}>{t(`activities.kinds.${definition.does.kind}`)}</Tag></>}
        breadcrumbs={[{ label: t('activities.title'), to: '/members/activities' }]}
        actions={<Actions activity={activity} />}
      />
      {activity.fullLines && <Alert type="error" showIcon title={t('activities.fullLines', { lines: activity.fullLines.join(t('benefits.says.comma')) })} description={t('activities.fullLinesHint')} />}
      {preview.data && <Sentence>{preview.data.sentences[currentLocale()]}</Sentence>}
      <DrawnLines lines={activity.budgetLines} />
      {state !== 'draft' && state !== 'scheduled' && <Results activity={activity} />}
      {definition.does.kind === 'lottery' && <Proof activity={activity} />}
      {state !== 'draft' && state !== 'scheduled' && <><Typography.Title level={4} style={{ margin: 0 }}>{t('activities.people')}</Typography.Title><People activityNo={activity.activityNo} /></>}
    </Stack>
  );
}

function Actions({ activity: { activityNo, state } }: { activity: Activity }) {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const mayPlan = useMay('membership.activities');
  const changed = [readActivity, listActivities, readActivityCalendar];
  const turn = useAction(turnActivity, { invalidates: changed, done: t('activities.turned') });
  const drop = useAction(deleteActivity, { invalidates: changed, onSuccess: () => navigate('/members/activities') });
  const to = (what: 'publish' | 'pause' | 'resume' | 'end') => turn.mutate({ params: { activityNo }, body: { turn: what } });
  if (!mayPlan) return null;
  return (
    <>
      {state === 'draft' && <Popconfirm title={t('activities.deleteHint')} onConfirm={() => drop.mutate({ params: { activityNo } })}><Button danger>{t('activities.delete')}</Button></Popconfirm>}
      <Button onClick={() => navigate(`/members/activities/new?from=${activityNo}`)}>{t('activities.copy')}</Button>
      {(state === 'draft' || state === 'scheduled') && <Button onClick={() => navigate(`/members/activities/${activityNo}/edit`)}>{t('activities.change')}</Button>}
      {(state === 'running' || state === 'scheduled') && <Button loading={turn.isPending} onClick={() => to('pause')}>{t('activities.pause')}</Button>}
      {(state === 'running' || state === 'paused' || state === 'scheduled') && <Popconfirm title={t('activities.endHint')} onConfirm={() => to('end')}><Button danger>{t('activities.end')}</Button></Popconfirm>}
      {state === 'paused' && <Button type="primary" loading={turn.isPending} onClick={() => to('resume')}>{t('activities.resume')}</Button>}
      {state === 'draft' && <Button type="primary" loading={turn.isPending} onClick={() => to('publish')}>{t('activities.publish')}</Button>}
    </>
  );
}

function Results({ activity }: { activity: Activity }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const results = useEndpoint(readActivityResults, { params: { activityNo: activity.activityNo } });
  const { budget } = activity.definition;
  return (
    <Loaded from={results}>
      {({ people, participations, points, growth, cost, prizes, days, computedAt }) => (
        <Stack>
          <StatGrid computedAt={computedAt}>
            <StatTile label={t('activities.peopleCount')} value={format.number(people)} definition={t('activities.peopleHint')} />
            <StatTile label={t('activities.times')} value={format.number(participations)} />
            <StatTile label={t('activities.pointsGiven')} value={format.number(points)} definition={budget === null ? t('activities.noBudget') : t('activities.ofBudget', { shown: format.number(budget) })} />
            {growth > 0 && <StatTile label={t('activities.growthGiven')} value={format.number(growth)} />}
            {cost > 0 && <StatTile label={t('activities.pointsSpent')} value={format.number(cost)} />}
          </StatGrid>
          {days.length > 1 && <Section><TrendChart title={t('activities.course')} heading={t('activities.day')} categories={days.map(({ day }) => format.date(day))} series={[{ name: t('activities.times'), values: days.map((each) => each.participations), kind: 'bar' }, { name: t('activities.pointsGiven'), values: days.map((each) => each.points), kind: 'line' }]} /></Section>}
          {prizes.length > 0 && <Prizes prizes={prizes} draws={participations} />}
        </Stack>
      )}
    </Loaded>
  );
}

function Prizes({ prizes, draws }: { prizes: { key: string; names: Parameters<typeof nameIn>[0]; stock: number | null; given: number; drawn: number }[]; draws: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <Section title={t('activities.prizes')}>
      <Table
        rowKey="key" size="small" pagination={false} dataSource={prizes} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'name', title: t('activities.prize'), render: (_, { names }) => nameIn(names, currentLocale()) },
          { key: 'drawn', title: t('activities.given'), align: 'end', render: (_, { drawn }) => format.number(drawn) },
          { key: 'share', title: t('activities.share'), align: 'end', render: (_, { drawn }) => (draws === 0 ? '–' : format.percent(drawn / draws)) },
          { key: 'left', title: t('activities.left'), align: 'end', render: (_, { stock, given }) => (stock === null ? t('mall.unlimited') : format.number(stock - given)) },
        ]}
      />
    </Section>
  );
}

function Proof({ activity: { seedFingerprint, seed } }: { activity: Activity }) {
  const { t } = useTranslation('membership');
  return (
    <Section title={t('activities.proof')}>
      <Stack>
        <Typography.Text type="secondary">{t('activities.proofHint')}</Typography.Text>
        <DescriptionList columns={1} items={[{ label: t('activities.fingerprint'), value: seedFingerprint }, { label: t('activities.seed'), value: seed ?? t('activities.seedLater') }]} />
      </Stack>
    </Section>
  );
}

function People({ activityNo }: { activityNo: number }) {
  const { t } = useTranslation('membership');
  const nameOf = useMemberName();
  const format = useFormat();
  const navigate = useNavigateTo();
  const mayKeep = useMay('audiences.edit');
  const [keeping, setKeeping] = useState(false);
  const columns: Column<Participation>[] = [
    { key: 'occurredAt', title: t('activities.at'), sortable: true, render: ({ occurredAt }) => format.dateTime(occurredAt) },
    { key: 'customer', title: t('mall.member'), render: ({ customerNo, customerName }) => <Link to={`/users/${customerNo}`}>{nameOf({ customerNo, name: customerName })}</Link> },
    { key: 'came', title: t('activities.cameTo'), render: ({ prize, streak, state }) => (state === 'done' ? (prize ? nameIn(prize.names, currentLocale()) : streak !== null ? t('activities.standing.streak', { days: streak }) : t('activities.done')) : t('activities.underWay')) },
    { key: 'points', title: t('activities.pointsGiven'), sortable: true, numeric: true, render: ({ points }) => format.number(points) },
    { key: 'cost', title: t('activities.pointsSpent'), numeric: true, optional: true, render: ({ cost }) => format.number(cost) },
  ];
  return (
    <>
      <DataTable
        endpoint={listParticipations}
        params={{ activityNo }}
        columns={columns}
        rowKey={({ participationNo }) => participationNo}
        extra={mayKeep && <Button onClick={() => setKeeping(true)}>{t('activities.keep')}</Button>}
        empty={<EmptyState title={t('activities.nobody')} hint={t('activities.nobodyHint')} />}
      />
      <FormModal<typeof keepParticipants, { name: string }> open={keeping} endpoint={keepParticipants} title={t('activities.keep')} submitLabel={t('mall.submit')} request={(body) => ({ params: { activityNo }, body })} invalidates={[listAudiences]} onDone={({ audienceId }) => navigate(`/users/audiences/${audienceId}`)} onCancel={() => setKeeping(false)}>
        <Form.Item name="name" label={t('activities.audienceName')} rules={[{ required: true, whitespace: true, message: t('mall.needed') }]}><Input maxLength={80} autoFocus /></Form.Item>
      </FormModal>
    </>
  );
}
