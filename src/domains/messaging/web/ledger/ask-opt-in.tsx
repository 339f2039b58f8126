import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, FormModal, Input, Radio, useMay } from '../../../../web/kit.ts';
import { askOptIn } from '../../contract.ts';

/** What the program can send a link by itself by. */
const sentBy = ['email', 'sms'] as const;
interface Values {
  channel: (typeof sentBy)[number];
  source: string;
  textVersion: string;
}

/** Sends somebody a link by which they confirm that they want marketing: until they do, nothing of what others say counts. */
export function AskOptIn({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('messaging');
  const mayAsk = useMay('customers.consent');
  const [isOpen, setOpen] = useState(false);
  if (!mayAsk) return null;
  const needed = [{ required: true, whitespace: true, message: t('channels.needed') }];
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('ledger.optIn.ask')}</Button>
      <FormModal<typeof askOptIn, Values>
        open={isOpen} endpoint={askOptIn} title={t('ledger.optIn.ask')} submitLabel={t('ledger.optIn.send')} initial={{ channel: 'email', source: '', textVersion: '' }} done={t('ledger.optIn.sent')}
        request={(values) => ({ body: { ...values, customerNo, isSent: true } })} onDone={() => setOpen(false)} onCancel={() => setOpen(false)}
      >
        <Form.Item name="channel" label={t('templates.channel')} extra={t('ledger.optIn.hint')} required><Radio.Group optionType="button" options={sentBy.map((value) => ({ value, label: t(`channel.${value}`) }))} /></Form.Item>
        <Form.Item name="source" label={t('ledger.optIn.source')} extra={t('ledger.optIn.sourceHint')} rules={needed}><Input maxLength={100} autoFocus /></Form.Item>
        <Form.Item name="textVersion" label={t('ledger.optIn.text')} extra={t('ledger.optIn.textHint')} rules={needed}><Input maxLength={60} /></Form.Item>
      </FormModal>
    </>
  );
}
