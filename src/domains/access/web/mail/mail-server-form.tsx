import { useTranslation } from 'react-i18next';
import { Button, Form, Input, InputNumber, Section, Select, useFormAction, useSession } from '../../../../web/kit.ts';
import { mailSecurities } from '../../../../platform/mail/contract.ts';
import { readMailSettings, type ShownMailServer, writeMailSettings } from '../../mail/contract.ts';

type Values = Omit<ShownMailServer, 'hasPassword'> & { password?: string };

/** Everything the server needs to take a message from us. */
export function MailServerForm({ server }: { server: ShownMailServer | null }) {
  const { t } = useTranslation('access');
  const { brand } = useSession();
  const { form, submit, busy, problem } = useFormAction<typeof writeMailSettings, Values>({
    endpoint: writeMailSettings,
    request: ({ password, ...rest }) => ({ body: { ...rest, ...(password ? { password } : {}) } }),
    onDone: () => form.setFieldValue('password', ''),
    invalidates: [readMailSettings],
    done: t('mail.saved'),
  });
  const needed = [{ required: true, message: t('mail.needed') }];
  const initial = server ?? { port: 465, security: 'tls' as const, user: '', fromName: brand.name, siteAddress: location.origin };
  return (
    <Section>
      <Form<Values> form={form} layout="vertical" initialValues={initial} disabled={busy} onFinish={submit} requiredMark={false}>
        {problem && <Form.Item>{problem}</Form.Item>}
        <Form.Item name="host" label={t('mail.host')} extra={t('mail.hostHint')} rules={needed}><Input maxLength={255} /></Form.Item>
        <Form.Item name="security" label={t('mail.security')}>
          <Select options={mailSecurities.map((value) => ({ value, label: t(`mail.securities.${value}`) }))} onChange={(value) => form.setFieldValue('port', { tls: 465, starttls: 587, plain: 25 }[value as 'tls'])} />
        </Form.Item>
        <Form.Item name="port" label={t('mail.port')} rules={needed}><InputNumber min={1} max={65_535} /></Form.Item>
        <Form.Item name="user" label={t('mail.user')} extra={t('mail.userHint')}><Input maxLength={200} autoComplete="off" /></Form.Item>
        <Form.Item name="password" label={t('mail.password')} extra={t('mail.passwordHint')}>
          <Input.Password maxLength={500} autoComplete="new-password" placeholder={server?.hasPassword ? t('mail.passwordKept') : undefined} />
        </Form.Item>
        <Form.Item name="fromAddress" label={t('mail.fromAddress')} rules={needed}><Input maxLength={200} inputMode="email" /></Form.Item>
        <Form.Item name="fromName" label={t('mail.fromName')} rules={needed}><Input maxLength={80} /></Form.Item>
        <Form.Item name="siteAddress" label={t('mail.siteAddress')} extra={t('mail.siteAddressHint')} rules={needed}><Input maxLength={300} inputMode="url" /></Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>{t('mail.save')}</Button>
      </Form>
    </Section>
  );
}
