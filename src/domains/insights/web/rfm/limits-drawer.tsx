import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Drawer, Flex, Form, InputNumber, Loaded, SegmentedControl, Section, Stack, Table, Typography, useEndpoint, useFormAction, useFormat, useMay } from '../../../../web/kit.ts';
import { changeRfmLimits, readModel, readRfmBoard, readRfmLimits } from '../../contract.ts';

type Limits = EndpointReply<typeof readRfmLimits>['limits'];
const kinds = ['recency', 'frequency', 'value'] as const;
type Kind = (typeof kinds)[number];

/** The brand's own limits between scores: to be set, and how they stood before. */
export function LimitsDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('insights');
  const found = useEndpoint(readRfmLimits);
  return (
    <Drawer open={open} title={t('rfm.limits.title')} onClose={onClose} size={560} destroyOnHidden>
      <Loaded from={found}>
        {({ limits, history }) => (
          <Stack>
            <Typography.Text type="secondary">{t('rfm.limits.hint')}</Typography.Text>
            <LimitsForm limits={limits} onDone={onClose} />
            {history.length > 0 && <History history={history} />}
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}

interface Values extends Record<Kind, (number | null)[]> {}
/** Where somebody begins who sets their own. */
const usual: Record<Kind, number[]> = { recency: [30, 90, 180, 365], frequency: [1, 2, 3, 5], value: [100, 300, 1_000, 3_000] };

function LimitsForm({ limits, onDone }: { limits: Limits; onDone: () => void }) {
  const { t } = useTranslation('insights');
  const mayTrain = useMay('insights.train');
  const [own, setOwn] = useState<Record<Kind, boolean>>({ recency: limits.recency !== null, frequency: limits.frequency !== null, value: limits.value !== null });
  const given = (kind: Kind, values: Values): number[] | null => (own[kind] ? values[kind].map(Number) : null);
  const { form, submit, busy, problem } = useFormAction<typeof changeRfmLimits, Values>({
    endpoint: changeRfmLimits,
    request: (values) => ({ body: { recency: given('recency', values), frequency: given('frequency', values), value: given('value', values) } }),
    invalidates: [readRfmLimits, readRfmBoard, readModel],
    done: t('rfm.limits.saved'),
    onDone,
  });
  const initial = Object.fromEntries(kinds.map((kind) => [kind, limits[kind]?.map(Number) ?? usual[kind]])) as Values;
  return (
    <Form<Values> form={form} layout="vertical" initialValues={initial} disabled={busy || !mayTrain} onFinish={submit} requiredMark={false}>
      <Stack>
        {problem}
        {kinds.map((kind) => (
          <Section key={kind} title={t(`rfm.kind.${kind}`)} extra={<SegmentedControl label={t(`rfm.kind.${kind}`)} value={own[kind] ? 'own' : 'fifths'} options={(['fifths', 'own'] as const).map((value) => ({ value, label: t(`rfm.limits.${value}`) }))} onChange={(value) => setOwn({ ...own, [kind]: value === 'own' })} />}>
            {own[kind] ? <LimitInputs kind={kind} /> : <Typography.Text type="secondary">{t('rfm.limits.fifthsHint')}</Typography.Text>}
          </Section>
        ))}
        {mayTrain && <Button type="primary" htmlType="submit" loading={busy}>{t('rfm.limits.save')}</Button>}
      </Stack>
    </Form>
  );
}

function LimitInputs({ kind }: { kind: Kind }) {
  const { t } = useTranslation('insights');
  return (
    <Stack>
      <Typography.Text type="secondary">{t(`rfm.limits.explained.${kind}`)}</Typography.Text>
      <Flex gap="small" wrap>
        {[0, 1, 2, 3].map((place) => (
          <Form.Item key={place} name={[kind, place]} label={t('rfm.limits.place', { n: kind === 'recency' ? 5 - place : place + 1 })} dependencies={place === 0 ? [] : [[kind, place - 1]]}
            rules={[{ required: true, message: t('rfm.limits.needed') }, ({ getFieldValue }) => ({ validator: async (_, value: number) => {
              if (place > 0 && value <= (getFieldValue([kind, place - 1]) as number)) throw new Error(t('rfm.limits.ascending'));
            } })]}>
            <InputNumber min={kind === 'value' ? undefined : kind === 'recency' ? 0 : 1} precision={kind === 'value' ? 2 : 0} />
          </Form.Item>
        ))}
      </Flex>
    </Stack>
  );
}

function History({ history }: { history: EndpointReply<typeof readRfmLimits>['history'] }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const shown = (limits: readonly (string | number)[] | null): string => limits?.map((limit) => format.number(limit)).join(' · ') ?? t('rfm.limits.fifths');
  return (
    <Table
      size="small" rowKey="version" dataSource={history} pagination={{ pageSize: 5, hideOnSinglePage: true }} scroll={{ x: 480 }} title={() => t('rfm.limits.history')}
      columns={[
        { title: t('rfm.column.setAt'), render: (_, { setAt, setBy }) => <>{format.dateTime(setAt)}<br /><Typography.Text type="secondary">{setBy}</Typography.Text></> },
        ...kinds.map((kind) => ({ key: kind, title: t(`rfm.letter.${kind}`), render: (_: unknown, row: { limits: Limits }) => shown(row.limits[kind]) })),
      ]}
    />
  );
}
