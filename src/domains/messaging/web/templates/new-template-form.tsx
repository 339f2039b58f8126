import { useTranslation } from 'react-i18next';
import { currentLocale, Form, FormModal, Input, Radio, Select, useEndpoint, useNavigateTo } from '../../../../web/kit.ts';
import { footerWords } from './footer-words.ts';
import { type ChannelKind, channelKinds, createTemplate, type GivenContent, listReadyTemplates, listTemplates, messagePurposes, type MessagePurpose } from '../../contract.ts';

interface Values {
  name: string;
  channel: ChannelKind;
  purpose: MessagePurpose;
  category: string;
  from: string;
}

/** A new template: empty, or begun as one that is ready. */
export function NewTemplateForm({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('messaging');
  const navigate = useNavigateTo();
  const ready = useEndpoint(listReadyTemplates, {}, { enabled: open, freshForMs: 600_000 });
  const contentOf = ({ channel, from }: Values): GivenContent => {
    const chosen = ready.data?.templates.find(({ key, channel: its }) => key === from && its === channel);
    if (chosen) return chosen.content;
    const footer = { kind: 'footer' as const, key: 'b1', text: footerWords(t) };
    return channel === 'email' ? { kind: 'mail', locales: { [currentLocale()]: { subject: '', blocks: [footer] } } } : { kind: 'plain', locales: { [currentLocale()]: { text: '' } } };
  };
  return (
    <FormModal<typeof createTemplate, Values>
      open={open}
      endpoint={createTemplate}
      title={t('templates.add')}
      submitLabel={t('templates.begin')}
      initial={{ channel: 'email', purpose: 'marketing', category: '', from: '' }}
      request={(values) => ({ body: { name: values.name, channel: values.channel, purpose: values.purpose, category: values.category, content: contentOf(values) } })}
      invalidates={[listTemplates]}
      onDone={({ templateNo }) => {
        onClose();
        navigate(`/programs/templates/${templateNo}/1/edit`);
      }}
      onCancel={onClose}
    >
      <Form.Item name="name" label={t('templates.name')} rules={[{ required: true, whitespace: true, message: t('templates.nameNeeded') }]}><Input maxLength={100} autoFocus /></Form.Item>
      <Form.Item name="channel" label={t('templates.channel')} required><Select options={channelKinds.map((value) => ({ value, label: t(`channel.${value}`) }))} /></Form.Item>
      <Form.Item name="purpose" label={t('templates.purpose')} extra={t('templates.purposeHint')} required><Radio.Group options={messagePurposes.map((value) => ({ value, label: t(`purpose.${value}`) }))} /></Form.Item>
      <Form.Item name="category" label={t('templates.category')} extra={t('templates.categoryHint')}><Input maxLength={50} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, now: Values) => before.channel !== now.channel}>
        {({ getFieldValue }) => (
          <Form.Item name="from" label={t('templates.from')} required>
            <Select options={[{ value: '', label: t('templates.empty') }, ...(ready.data?.templates ?? []).filter(({ channel }) => channel === getFieldValue('channel')).map(({ key, name }) => ({ value: key, label: name }))]} />
          </Form.Item>
        )}
      </Form.Item>
    </FormModal>
  );
}
