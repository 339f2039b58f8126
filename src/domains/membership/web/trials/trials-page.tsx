import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Flex, Link, Loaded, PageHeader, Section, Select, Stack, Table, Typography, useAction, useEndpoint, useFormat, useMay, useNavigateTo, currentLocale } from '../../../../web/kit.ts';
import { listTrials, listVersions, nameIn, startTrial } from '../../contract.ts';
import { TrialState } from './trial-state.tsx';
import { useWho } from '../use-who.ts';

/** Trials of versions of the programme on everybody's history, and the begin of another. */
export default function TrialsPage() {
  const { t } = useTranslation('membership');
  const mayDesign = useMay('membership.design');
  const found = useEndpoint(listTrials, {}, { refreshMs: (reply) => (reply?.trials.some(({ state }) => state === 'waiting' || state === 'running') ? 1_000 : false) });
  return (
    <Stack>
      <PageHeader title={t('trial.title')} subtitle={t('trial.subtitle')} />
      {mayDesign && <Start />}
      <Loaded from={found}>
        {({ trials }) => (trials.length === 0 ? <EmptyState title={t('trial.none')} hint={t('trial.noneHint')} /> : <Trials trials={trials} />)}
      </Loaded>
    </Stack>
  );
}

function Start() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const versions = useEndpoint(listVersions, { query: { pageSize: 50 } });
  const [chosen, setChosen] = useState<number>();
  const start = useAction(startTrial, { invalidates: [listTrials], onSuccess: ({ trialNo }) => navigate(`/members/trials/${trialNo}`) });
  return (
    <Section title={t('trial.start')}>
      <Loaded from={versions}>
        {({ rows }) => {
          if (rows.length === 0) return <Flex gap="small" wrap><Typography.Text type="secondary">{t('trial.noVersion')}</Typography.Text><Link to="/members/programme">{t('trial.toProgramme')}</Link></Flex>;
          const versionNo = chosen ?? rows.at(0)?.versionNo;
          return (
            <Flex gap="small" wrap align="center">
              <Select aria-label={t('trial.version')} style={{ minWidth: 220 }} value={versionNo} onChange={setChosen}
                options={rows.map((version) => ({ value: version.versionNo, label: `${t('trial.versionNo', { no: version.versionNo })} · ${nameIn(version.names, currentLocale())}` }))} />
              <Button type="primary" disabled={versionNo === undefined} loading={start.isPending} onClick={() => versionNo !== undefined && start.mutate({ body: { versionNo } })}>{t('trial.begin')}</Button>
              <Typography.Text type="secondary">{t('trial.startHint')}</Typography.Text>
            </Flex>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Trials({ trials }: { trials: Parameters<typeof TrialState>[0]['trial'][] }) {
  const { t } = useTranslation('membership');
  const who = useWho();
  const format = useFormat();
  return (
    <Table
      rowKey="trialNo" dataSource={trials} pagination={{ pageSize: 20, hideOnSinglePage: true }} scroll={{ x: 560 }}
      columns={[
        { title: t('trial.version'), render: (_, { trialNo, versionNo, names }) => <Link to={`/members/trials/${trialNo}`}>{`${t('trial.versionNo', { no: versionNo })} · ${nameIn(names, currentLocale())}`}</Link> },
        { title: t('trial.against'), render: (_, { againstNo }) => (againstNo === null ? '–' : t('trial.versionNo', { no: againstNo })) },
        { title: t('trial.asOf'), render: (_, { asOf }) => format.dateTime(asOf) },
        { title: t('trial.askedBy'), render: (_, { askedBy }) => who(askedBy) },
        { title: t('trial.state'), render: (_, trial) => <TrialState trial={trial} /> },
      ]}
    />
  );
}
