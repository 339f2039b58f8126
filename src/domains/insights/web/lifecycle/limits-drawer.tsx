import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Drawer, Form, InputNumber, Loaded, Stack, Table, Typography, useEndpoint, useFormAction, useFormat } from '../../../../web/kit.ts';
import { changeLifecycleLimits, type LifecycleLimits, readLifecycle, readLifecycleLimits, readModel } from '../../contract.ts';

const names = ['atRisk', 'sleeping', 'lost'] as const;
const stateOf = { atRisk: 'at_risk', sleeping: 'sleeping', lost: 'lost' } as const;

/** From how long a silence on somebody is at risk, sleeping and lost: to be set, and how that stood before. */
export function LimitsDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('insights');
  const found = useEndpoint(readLifecycleLimits);
  return (
    <Drawer open={open} title={t('lifecycle.limits.title')} onClose={onClose} size={480} destroyOnHidden>
      <Loaded from={found}>
        {({ limits, history }) => (
          <Stack>
            <Typography.Text type="secondary">{t('lifecycle.limits.hint')}</Typography.Text>
            <LimitsForm limits={limits} onDone={onClose} />
            {history.length > 0 && <History history={history} />}
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}

function LimitsForm({ limits, onDone }: { limits: LifecycleLimits; onDone: () => void }) {
  const { t } = useTranslation('insights');
  const { form, submit, busy, problem } = useFormAction<typeof changeLifecycleLimits, LifecycleLimits>({
    endpoint: changeLifecycleLimits,
    // People think in percent; a share such as 0.999 must not become 0.9990000000000001.
    request: (values) => ({ body: Object.fromEntries(names.map((name) => [name, Math.round(values[name] * 10) / 1_000])) as LifecycleLimits }),
    invalidates: [readLifecycleLimits, readLifecycle, readModel],
    done: t('lifecycle.limits.saved'),
    onDone,
  });
  const initial = Object.fromEntries(names.map((name) => [name, Math.round(limits[name] * 1_000) / 10])) as LifecycleLimits;
  return (
    <Form<LifecycleLimits> form={form} layout="vertical" initialValues={initial} disabled={busy} onFinish={submit} requiredMark={false}>
      {problem && <Form.Item>{problem}</Form.Item>}
      {names.map((name, place) => (
        <Form.Item key={name} name={name} label={t(`lifecycle.state.${stateOf[name]}`)} dependencies={place === 0 ? [] : [names[place - 1]]}
          rules={[{ required: true, message: t('rfm.limits.needed') }, ({ getFieldValue }) => ({ validator: async (_, value: number) => {
            if (place > 0 && value <= (getFieldValue(names[place - 1]) as number)) throw new Error(t('lifecycle.limits.ascending'));
          } })]}>
          <InputNumber min={50} max={99.9} step={1} precision={1} suffix="%" />
        </Form.Item>
      ))}
      <Button type="primary" htmlType="submit" loading={busy}>{t('lifecycle.limits.save')}</Button>
    </Form>
  );
}

function History({ history }: { history: EndpointReply<typeof readLifecycleLimits>['history'] }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  return (
    <Table
      size="small" rowKey="version" dataSource={history} pagination={{ pageSize: 5, hideOnSinglePage: true }} scroll={{ x: 400 }} title={() => t('lifecycle.limits.history')}
      columns={[
        { title: t('rfm.column.setAt'), render: (_, { setAt, setBy }) => <>{format.dateTime(setAt)}<br /><Typography.Text type="secondary">{setBy}</Typography.Text></> },
        ...names.map((name) => ({ key: name, title: t(`lifecycle.state.${stateOf[name]}`), align: 'right' as const, render: (_: unknown, { limits }: { limits: LifecycleLimits }) => format.percent(limits[name], 1) })),
      ]}
    />
  );
}
