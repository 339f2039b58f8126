import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Endpoint } from '../../../../kernel/endpoint.ts';
import { Alert, Button, Drawer, EmptyState, Flex, Loaded, Progress, Section, Stack, Table, Typography, useAction, useEndpoint, useFormat, useMay, useRenew } from '../../../../web/kit.ts';
import { cancelModel, readModel, type ShownRun, trainModel } from '../../contract.ts';

interface ModelStatusProps {
  kind: string;
  /** What the next run is asked to do; as the kind does by itself where nothing is given. */
  params?: Record<string, unknown>;
  /** Endpoints that show its results: read again when a run has ended. */
  shows: Endpoint[];
  /** What there is to see as soon as a run has ended well. */
  children?: ReactNode;
}

const refreshMs = 1_000;
const idleMs = 15_000;

/** How new a model is and whether it is being computed, with what it shows below; what to do while there is nothing. */
export function ModelStatus({ kind, params = {}, shows, children }: ModelStatusProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const model = useEndpoint(readModel, { params: { kind } }, { refreshMs: (reply) => (reply?.underWay ? refreshMs : idleMs) });
  const renew = useRenew();
  const shownId = model.data?.current?.modelId;
  const lastId = useRef(shownId);
  useEffect(() => {
    if (lastId.current !== undefined && shownId !== lastId.current) renew(shows);
    lastId.current = shownId;
  }, [shownId, renew, shows]);
  return (
    <Loaded from={model}>
      {({ current, isOld, underWay, failed, history }) => (
        <Stack>
          {underWay && <UnderWay run={underWay} kind={kind} />}
          {failed && <Alert type={current ? 'warning' : 'error'} showIcon title={current ? t('model.failedBefore', { when: format.dateTime(current.asOf) }) : t('model.failed')} description={failed.failure} action={!underWay && <Train kind={kind} params={params} isFirst={!current} />} />}
          {!current && !underWay && !failed && <EmptyState title={t('model.none')} hint={t('model.noneHint')} action={<Train kind={kind} params={params} isFirst />} />}
          {current && (
            <Flex gap="small" align="center" wrap>
              <Typography.Text type="secondary">{t('model.computed', { when: format.dateTime(current.asOf) })}{isOld && ` · ${t('model.isOld')}`}</Typography.Text>
              {!underWay && <Train kind={kind} params={params} />}
              <History runs={history} />
            </Flex>
          )}
          {current && children}
        </Stack>
      )}
    </Loaded>
  );
}

function Train({ kind, params, isFirst = false }: { kind: string; params: Record<string, unknown>; isFirst?: boolean }) {
  const { t } = useTranslation('insights');
  const mayTrain = useMay('insights.train');
  const train = useAction(trainModel, { invalidates: [readModel] });
  if (!mayTrain) return null;
  return (
    <Button size={isFirst ? 'middle' : 'small'} type={isFirst ? 'primary' : 'default'} loading={train.isPending} onClick={() => train.mutate({ params: { kind }, body: { params } })}>
      {t(isFirst ? 'model.trainFirst' : 'model.train')}
    </Button>
  );
}

function UnderWay({ run: { state, stage, done }, kind }: { run: ShownRun; kind: string }) {
  const { t } = useTranslation('insights');
  const mayTrain = useMay('insights.train');
  const cancel = useAction(cancelModel, { invalidates: [readModel] });
  const label = t(`model.stage.${state === 'waiting' ? 'waiting' : (stage ?? 'reading')}`);
  return (
    <Section title={label} extra={mayTrain && <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate({ params: { kind } })}>{t('model.cancel')}</Button>}>
      <Progress percent={Math.round(done * 100)} status="active" aria-label={label} />
    </Section>
  );
}

function History({ runs }: { runs: ShownRun[] }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const column = (key: 'asOf' | 'state' | 'askedBy' | 'finishedAt', render: (run: ShownRun) => ReactNode) => ({ key, title: t(`model.column.${key}`), render: (_: unknown, run: ShownRun) => render(run) });
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>{t('model.history')}</Button>
      <Drawer open={open} title={t('model.history')} size={720} onClose={() => setOpen(false)} destroyOnHidden>
        <Table
          size="small"
          rowKey="modelId"
          dataSource={runs}
          pagination={false}
          scroll={{ x: true }}
          columns={[
            column('asOf', ({ asOf }) => format.dateTime(asOf)),
            column('state', ({ state, failure }) => <>{t(`model.state.${state}`)}{failure && <Typography.Paragraph type="secondary">{failure}</Typography.Paragraph>}</>),
            column('askedBy', ({ askedBy }) => (askedBy === 'system' ? t('model.bySystem') : askedBy)),
            column('finishedAt', ({ finishedAt }) => finishedAt && format.dateTime(finishedAt)),
          ]}
        />
      </Drawer>
    </>
  );
}
