import { useTranslation } from 'react-i18next';
import { Button, Form, Input, Loaded, PageHeader, Section, Select, Stack, useEndpoint, useFormAction, useMay } from '../../../../web/kit.ts';
import { type CheckSettings, readCheckSettings, writeCheckSettings } from '../../contract.ts';

interface Values {
  forbidden: string[];
  allowed: string[];
  partPrice: string;
}

/** What words are checked for: claims that the law forbids, and what a text message costs. */
export default function CheckSettingsPage() {
  const { t } = useTranslation('messaging');
  const settings = useEndpoint(readCheckSettings);
  return (
    <Stack>
      <PageHeader title={t('templates.checkSettings')} subtitle={t('templates.checkSubtitle')} breadcrumbs={[{ label: t('templates.title'), to: '/programs/templates' }]} />
      <Loaded from={settings}>{(found) => <SettingsForm settings={found} />}</Loaded>
    </Stack>
  );
}

function SettingsForm({ settings }: { settings: CheckSettings }) {
  const { t } = useTranslation('messaging');
  const mayChange = useMay('messaging.approve');
  const { form, submit, busy, problem } = useFormAction<typeof writeCheckSettings, Values>({
    endpoint: writeCheckSettings, invalidates: [readCheckSettings], done: t('templates.saved'),
    request: ({ forbidden, allowed, partPrice }) => ({ body: { forbidden, allowed, partPrice: partPrice.trim() || null } }),
  });
  const words = <Select mode="tags" tokenSeparators={[',', '，', '、', '\n', ' ']} open={false} suffixIcon={null} />;
  return (
    <Section>
      <Form<Values> form={form} layout="vertical" initialValues={{ ...settings, partPrice: settings.partPrice ?? '' }} disabled={busy || !mayChange} onFinish={submit}>
        {problem && <Form.Item>{problem}</Form.Item>}
        <Form.Item name="forbidden" label={t('templates.forbidden')} extra={t('templates.forbiddenHint')}>{words}</Form.Item>
        <Form.Item name="allowed" label={t('templates.allowed')} extra={t('templates.allowedHint')}>{words}</Form.Item>
        <Form.Item name="partPrice" label={t('templates.partPrice')} extra={t('templates.partPriceHint')} rules={[{ pattern: /^\s*(\d{1,6}(\.\d{1,4})?)?\s*$/, message: t('templates.partPriceWrong') }]}><Input style={{ width: 160 }} placeholder="0.045" /></Form.Item>
        {mayChange && <Button type="primary" htmlType="submit" loading={busy}>{t('templates.save')}</Button>}
      </Form>
    </Section>
  );
}
