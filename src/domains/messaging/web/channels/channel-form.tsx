import { useTranslation } from 'react-i18next';
import { Button, Columns, Divider, Form, Input, InputNumber, Radio, Select, useFormAction, useSession } from '../../../../web/kit.ts';
import { type AccountDetail, accountStates, cardOf, changeChannel, createChannel, fieldsOf, listChannels, type ProviderKey, readChannel } from '../../contract.ts';
import { ProviderFieldInput } from './provider-field-input.tsx';

interface Values {
  name: string;
  values: Record<string, string>;
  secrets: Record<string, string>;
  perSecond: number;
  atOnce: number;
  perDay: number | null;
  cost: string;
  state: (typeof accountStates)[number];
  testers: string[];
}
interface ChannelFormProps {
  provider: ProviderKey;
  /** Null for a new one. */
  account: AccountDetail | null;
  onDone: (made: { accountNo: number; secret: string | null }) => void;
}

const newValues = (provider: ProviderKey, name: string): Values => {
  const { perSecond, atOnce } = cardOf(provider);
  const values = Object.fromEntries(fieldsOf(provider, false).map((field) => [field.name, field.usual ?? '']));
  return { name, values, secrets: {}, perSecond, atOnce, perDay: null, cost: '0', state: 'test', testers: [] };
};
const valuesOf = ({ name, values, perSecond, atOnce, perDay, cost, state, testers }: AccountDetail): Values => ({ name, values, secrets: {}, perSecond, atOnce, perDay, cost: String(Number(cost)), state, testers });

const bodyOf = ({ secrets, values, cost, ...rest }: Values) => ({
  ...rest, cost: cost === '' ? '0' : cost,
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? ''])),
  secrets: Object.fromEntries(Object.entries(secrets ?? {}).filter(([, value]) => value)),
});

/** Everything a provider has to be told, and how much it is given to do. */
export function ChannelForm({ provider, account, onDone }: ChannelFormProps) {
  const { t } = useTranslation('messaging');
  const { brand } = useSession();
  const invalidates = [listChannels, readChannel];
  const make = useFormAction<typeof createChannel, Values>({ endpoint: createChannel, request: (values) => ({ body: { ...bodyOf(values), provider } }), onDone, invalidates, done: t('channels.saved') });
  const change = useFormAction<typeof changeChannel, Values>({ endpoint: changeChannel, request: (values) => ({ params: { accountNo: account?.accountNo ?? 0 }, body: bodyOf(values) }), invalidates, done: t('channels.saved') });
  const { form, submit, busy, problem } = account ? change : make;
  const needed = [{ required: true, whitespace: true, message: t('channels.needed') }];
  const fields = cardOf(provider).fields;
  return (
    <Form<Values> form={form} layout="vertical" requiredMark="optional" disabled={busy} onFinish={submit} initialValues={account ? valuesOf(account) : newValues(provider, t(`channels.provider.${provider}`))}>
      {problem && <Form.Item>{problem}</Form.Item>}
      <Columns>
        <Form.Item name="name" label={t('channels.name')} extra={t('channels.nameHint')} rules={needed}><Input maxLength={60} /></Form.Item>
        <Form.Item name="state" label={t('channels.stateLabel')} extra={t('channels.stateHint')} required>
          <Radio.Group optionType="button" options={accountStates.map((value) => ({ value, label: t(`channels.state.${value}`) }))} />
        </Form.Item>
      </Columns>
      <Form.Item name="testers" label={t('channels.testers')} extra={t('channels.testersHint')}><Select mode="tags" tokenSeparators={[',', '，', ' ']} open={false} suffixIcon={null} maxCount={20} /></Form.Item>
      <Divider titlePlacement="start">{t(`channels.provider.${provider}`)}</Divider>
      <Columns>{fields.map((field) => <ProviderFieldInput key={field.name} provider={provider} field={field} isKept={account?.secretsKept.includes(field.name) ?? false} isNew={account === null} />)}</Columns>
      <Divider titlePlacement="start">{t('channels.limits')}</Divider>
      <Columns>
        <Form.Item name="perSecond" label={t('channels.perSecond')} extra={t('channels.perSecondHint')} required><InputNumber min={1} max={10_000} precision={0} /></Form.Item>
        <Form.Item name="atOnce" label={t('channels.atOnce')} extra={t('channels.atOnceHint')} required><InputNumber min={1} max={64} precision={0} /></Form.Item>
        <Form.Item name="perDay" label={t('channels.perDay')} extra={t('channels.perDayHint')}><InputNumber min={1} max={2_000_000_000} precision={0} placeholder={t('channels.noLimit')} /></Form.Item>
        <Form.Item name="cost" label={t('channels.cost', { currency: brand.currency })} extra={t('channels.costHint')} rules={[{ pattern: /^\d{1,8}(\.\d{1,4})?$/, message: t('channels.costBad') }]}><Input inputMode="decimal" maxLength={13} /></Form.Item>
      </Columns>
      <Button type="primary" htmlType="submit" loading={busy}>{t('channels.save')}</Button>
    </Form>
  );
}
