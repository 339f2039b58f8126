import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input, MomentField, Radio, Select } from '../../../../web/kit.ts';
import { consentChannels, consentPurposes, readCustomer, readTimeline, recordConsent, type ConsentChannel, type ConsentPurpose, type ConsentState } from '../../contract.ts';

interface Values {
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  granted: boolean;
  at?: string | null;
  source: string;
  evidence?: string;
  textVersion?: string;
}

/** Takes down what a person said about consent, and what proves it. It begins at neither yes nor no: whoever hurries would record what it began at. */
export function ConsentForm({ customerNo, consents, open, onClose }: { customerNo: number; consents: readonly ConsentState[]; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const needed = [{ required: true, message: t('form.needed') }];
  return (
    <FormModal<typeof recordConsent, Values>
      open={open}
      title={t('consent.title')}
      submitLabel={t('consent.record')}
      endpoint={recordConsent}
      initial={{ channel: 'sms', purpose: 'marketing' }}
      request={({ at, ...said }) => ({ params: { customerNo }, body: { ...said, at: at ?? undefined } })}
      invalidates={[readCustomer, readTimeline]}
      done={t('consent.recorded')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="channel" label={t('consent.channel')} rules={needed}>
        <Select options={consentChannels.map((value) => ({ value, label: t(`channel.${value}`) }))} />
      </Form.Item>
      <Form.Item name="purpose" label={t('consent.purpose')} rules={needed}>
        <Select options={consentPurposes.map((value) => ({ value, label: t(`purpose.${value}`) }))} />
      </Form.Item>
      <Form.Item name="granted" label={t('consent.statement')} extra={<StateNow consents={consents} />} rules={needed}>
        <Radio.Group options={[{ value: true, label: t('consent.granted') }, { value: false, label: t('consent.withdrawn') }]} />
      </Form.Item>
      <Form.Item name="at" label={t('consent.at')}>
        <MomentField />
      </Form.Item>
      <Form.Item name="source" label={t('consent.source')} extra={t('consent.sourceHint')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="evidence" label={t('consent.evidence')} extra={t('consent.evidenceHint')}>
        <Input.TextArea maxLength={500} />
      </Form.Item>
      <Form.Item name="textVersion" label={t('consent.textVersion')}>
        <Input maxLength={60} />
      </Form.Item>
    </FormModal>
  );
}

/** What stands for the channel and the purpose that are chosen. */
function StateNow({ consents }: { consents: readonly ConsentState[] }) {
  const { t } = useTranslation('customers');
  const [channel, purpose] = [Form.useWatch<ConsentChannel>('channel'), Form.useWatch<ConsentPurpose>('purpose')];
  const found = consents.find((each) => each.channel === channel && each.purpose === purpose);
  return t('consent.now', { state: t(!found ? 'consent.unsaid' : found.granted ? 'consent.granted' : 'consent.withdrawn') });
}
