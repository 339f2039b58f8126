import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { Alert, Button, currentLocale, Form, FormModal, Input, useFormat, useMay } from '../../../../../web/kit.ts';
import { MessageOutlined } from '../../../../../web/icons.tsx';
import { type ChannelKind, type MessagePurpose, type TemplateContent, tryTemplate } from '../../../contract.ts';
import type { As, TemplateLocale } from './use-template-preview.ts';

/** What is to be tried, as it stands. */
export interface TriedWords {
  channel: ChannelKind;
  purpose: MessagePurpose;
  content: TemplateContent;
}

const colour = { taken: 'success', refused: 'error', later: 'warning', unknown: 'warning' } as const;

/** One message to oneself, to be looked at where it is going to be read. */
export function TryMessage({ words, as, locale }: { words: TriedWords; as: As; locale: TemplateLocale }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const [reply, setReply] = useState<EndpointReply<typeof tryTemplate> | null>(null);
  if (!useMay('messaging.templates')) return null;
  const { channel } = words;
  const whom = as.who === 'person' && as.customerNo !== null ? { who: 'person' as const, customerNo: as.customerNo } : { who: 'example' as const };
  const said = Object.keys(words.content.locales) as NonNullable<TemplateLocale>[];
  const inLocale = locale ?? said.find((one) => one === currentLocale()) ?? said[0];
  const close = (): void => {
    setOpen(false);
    setReply(null);
  };
  return (
    <>
      <Button icon={<MessageOutlined />} onClick={() => setOpen(true)}>{t('templates.try.open')}</Button>
      <FormModal<typeof tryTemplate, { to: string }>
        open={isOpen} endpoint={tryTemplate} title={t('templates.try.title')} submitLabel={t('channels.try.send')} onDone={setReply} onCancel={close}
        request={({ to }) => ({ body: { ...words, to, as: whom, inFull: as.inFull && whom.who === 'person', isPlain: as.isPlain, locale: inLocale } })}
      >
        <Form.Item name="to" label={t(`channels.try.to.${channel}`)} extra={t('templates.try.hint')} rules={[{ required: true, whitespace: true, message: t('channels.needed') }]}><Input maxLength={254} autoComplete="off" /></Form.Item>
        {reply && <Alert type={colour[reply.outcome]} showIcon title={`${t(`channels.try.outcome.${reply.outcome}`)} · ${format.duration(reply.tookMs)}`} description={reply.trouble ?? (reply.code ? t('channels.answered', { code: reply.code }) : undefined)} />}
      </FormModal>
    </>
  );
}
