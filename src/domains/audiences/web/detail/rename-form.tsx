import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input } from '../../../../web/kit.ts';
import { listAudiences, readAudience, type ShownAudience, updateAudience } from '../../contract.ts';

/** Its name and what it is for; the rule stays. */
export function RenameForm({ audience, open, onClose }: { audience: ShownAudience; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('audiences');
  const { audienceId, version, name, reason } = audience;
  return (
    <FormModal<typeof updateAudience, { name: string; reason: string }>
      open={open}
      endpoint={updateAudience}
      title={t('web.detail.rename')}
      submitLabel={t('web.save.change')}
      initial={{ name, reason }}
      request={(values) => ({ params: { audienceId }, body: { ...values, version } })}
      invalidates={[readAudience, listAudiences]}
      done={t('web.save.changed')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="name" label={t('web.save.name')} rules={[{ required: true, whitespace: true, message: t('web.save.nameNeeded') }]}>
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="reason" label={t('web.save.reason')}>
        <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </FormModal>
  );
}
