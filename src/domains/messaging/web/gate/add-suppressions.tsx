import { useTranslation } from 'react-i18next';
import { App, Checkbox, Form, FormModal, Input, Radio, Select } from '../../../../web/kit.ts';
import { channelKinds, type ChannelKind, importSuppressions, listSuppressions, type SuppressedKind, suppressedKinds } from '../../contract.ts';

interface Values {
  kind: SuppressedKind;
  text: string;
  channel: ChannelKind | '';
  stopsService: boolean;
}

const linesOf = (text: string): string[] => text.split(/[\n,，;；]+/).map((line) => line.trim()).filter(Boolean);

/** Puts one address or many on the list, pasted as they come out of a file. */
export function AddSuppressions({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('messaging');
  const { message } = App.useApp();
  return (
    <FormModal<typeof importSuppressions, Values>
      open={open} title={t('suppressions.add')} submitLabel={t('suppressions.addNow')} initial={{ kind: 'phone', text: '', channel: '', stopsService: false }} onCancel={onClose}
      endpoint={importSuppressions} invalidates={[listSuppressions]}
      request={({ kind, text, channel, stopsService }) => ({ body: { kind, values: linesOf(text), channel: channel === '' ? null : channel, stopsService } })}
      onDone={({ added, known, wrongLines }) => {
        void message.info(t(wrongLines.length > 0 ? 'suppressions.addedSome' : 'suppressions.addedAll', { added, known, lines: wrongLines.slice(0, 10).join(', ') }), 8);
        // What nothing of was understood stays to be mended.
        if (added + known > 0) onClose();
      }}
    >
      <Form.Item name="kind" required label={t('suppressions.kindLabel')}><Radio.Group optionType="button" options={suppressedKinds.map((value) => ({ value, label: t(`suppressions.kind.${value}`) }))} /></Form.Item>
      <Form.Item name="text" required label={t('suppressions.values')} extra={t('suppressions.valuesHint')} rules={[{ validator: async (_, text: string) => { if (linesOf(text ?? '').length === 0 || linesOf(text).length > 20_000) throw new Error(t('suppressions.valuesBad')); } }]}><Input.TextArea rows={6} /></Form.Item>
      <Form.Item name="channel" label={t('gate.channel')}><Select options={[{ value: '', label: t('gate.allChannels') }, ...channelKinds.map((value) => ({ value, label: t(`channel.${value}`) }))]} /></Form.Item>
      <Form.Item name="stopsService" valuePropName="checked"><Checkbox>{t('suppressions.stopsServiceToo')}</Checkbox></Form.Item>
    </FormModal>
  );
}
