import { useTranslation } from 'react-i18next';
import { Alert, Button, Columns, Form, Input, Section, Stack, Typography, useAction, useFormat } from '../../../../web/kit.ts';
import { type AccountDetail, cardOf, readChannel, testChannel } from '../../contract.ts';
import { useAnswerWords } from './use-answer-words.ts';

interface Values {
  to: string;
  subject: string;
  text: string;
  template: string;
  variables: string;
  link: string;
}

/** `code=1234`, one a line. */
const variablesOf = (text: string): Record<string, string> =>
  Object.fromEntries(text.split('\n').map((line) => line.trim()).filter(Boolean).map((line, at): [string, string] => (line.includes('=') ? [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()] : [String(at + 1), line])));

/** One message to oneself: what is sent, and what the provider answers. */
export function TryTab({ account: { accountNo, provider, channel } }: { account: AccountDetail }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const wordsOf = useAnswerWords();
  const [form] = Form.useForm<Values>();
  const test = useAction(testChannel, { invalidates: [readChannel] });
  const { data: reply } = test;
  const { templates } = cardOf(provider);
  const hasTitle = channel === 'email' || channel === 'app_push' || channel === 'web_push';
  const send = ({ variables, ...rest }: Values): void => test.mutate({ params: { accountNo }, body: { ...rest, variables: variablesOf(variables ?? '') } });
  const colour = { taken: 'success', refused: 'error', later: 'warning', unknown: 'warning' } as const;
  return (
    <Columns>
      <Section title={t('channels.try.title')}>
        <Form<Values> form={form} layout="vertical" requiredMark="optional" disabled={test.isPending} onFinish={send} initialValues={{ subject: hasTitle ? t('channels.try.sampleSubject') : '', text: templates ? '' : t('channels.try.sampleText'), template: '', variables: '', link: '' }}>
          <Form.Item name="to" label={t(`channels.try.to.${channel}`)} extra={t('channels.try.toHint')} rules={[{ required: true, whitespace: true, message: t('channels.needed') }]}><Input maxLength={1_000} autoComplete="off" /></Form.Item>
          <Form.Item name="subject" label={t('channels.try.subject')} hidden={!hasTitle}><Input maxLength={200} /></Form.Item>
          <Form.Item name="text" label={t('channels.try.text')} hidden={templates !== undefined}><Input.TextArea rows={3} maxLength={2_000} /></Form.Item>
          <Form.Item name="template" label={t('channels.try.template')} hidden={!templates} rules={templates ? [{ required: true, message: t('channels.needed') }] : []}><Input maxLength={100} /></Form.Item>
          <Form.Item name="variables" label={t('channels.try.variables')} extra={t(templates === 'ordered' ? 'channels.try.variablesOrdered' : 'channels.try.variablesNamed')} hidden={!templates}><Input.TextArea rows={3} maxLength={2_000} /></Form.Item>
          <Button type="primary" htmlType="submit" loading={test.isPending}>{t('channels.try.send')}</Button>
        </Form>
      </Section>
      <Section title={t('channels.try.result')}>
        {!reply && <Typography.Text type="secondary">{t('channels.try.none')}</Typography.Text>}
        {reply && (
          <Stack>
            <Alert type={colour[reply.outcome]} showIcon title={`${t(`channels.try.outcome.${reply.outcome}`)} · ${format.duration(reply.tookMs)}`} description={reply.trouble ?? (reply.code ? wordsOf(provider, reply.code) : undefined)} />
            <Typography.Text strong>{t('channels.try.shown')}</Typography.Text>
            <Typography.Paragraph copyable={{ text: reply.shown }}><pre style={{ maxHeight: '24em', overflow: 'auto' }}>{reply.shown}</pre></Typography.Paragraph>
          </Stack>
        )}
      </Section>
    </Columns>
  );
}
