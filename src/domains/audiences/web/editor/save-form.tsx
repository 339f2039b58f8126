import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Alert, Form, FormModal, Input, Radio, Stack, useFormat } from '../../../../web/kit.ts';
import { audienceKinds, createAudience, listAudiences, readAudience, readHistory, type Rule, updateAudience } from '../../contract.ts';
import type { EditedAudience } from './edited-audience.ts';

interface SaveFormProps {
  open: boolean;
  rule: Rule;
  size: number | undefined;
  edited: EditedAudience;
  onSaved: (saved: EndpointReply<typeof createAudience>) => void;
  onCancel: () => void;
}

/** Gives a rule a name and keeps it: as one that follows the facts, or with its people of this moment. */
export function SaveForm({ open, rule, size, edited, onSaved, onCancel }: SaveFormProps) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const shared = { open, onCancel, onDone: onSaved, invalidates: [listAudiences, readAudience, readHistory] };
  const known = <Alert type="info" title={size === undefined ? t('web.save.counting') : t('web.save.size', { shown: format.number(size) })} />;
  const words = (
    <>
      <Form.Item name="name" label={t('web.save.name')} rules={[{ required: true, whitespace: true, message: t('web.save.nameNeeded') }]}>
        <Input maxLength={80} autoFocus placeholder={t('web.save.namePlaceholder')} />
      </Form.Item>
      <Form.Item name="reason" label={t('web.save.reason')}>
        <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} placeholder={t('web.save.reasonPlaceholder')} />
      </Form.Item>
    </>
  );
  if (edited.audienceId !== null) {
    const { audienceId, version } = edited;
    return (
      <FormModal<typeof updateAudience, { name: string; reason: string }>
        {...shared}
        endpoint={updateAudience}
        title={t('web.save.changeTitle')}
        submitLabel={t('web.save.change')}
        initial={{ name: edited.name, reason: edited.reason }}
        request={(values) => ({ params: { audienceId }, body: { ...values, version, rule } })}
        done={t('web.save.changed')}
      >
        <Stack>{known}<div>{words}</div></Stack>
      </FormModal>
    );
  }
  return (
    <FormModal<typeof createAudience, { name: string; reason: string; kind: (typeof audienceKinds)[number] }>
      {...shared}
      endpoint={createAudience}
      title={t('web.save.title')}
      submitLabel={t('web.save.submit')}
      initial={{ name: edited.name, reason: edited.reason, kind: 'live' }}
      request={(values) => ({ body: { ...values, rule } })}
      done={t('web.save.done')}
    >
      <Stack>
        {known}
        <div>
          {words}
          <Form.Item name="kind" label={t('web.save.kind')} rules={[{ required: true }]}>
            <Radio.Group options={audienceKinds.map((value) => ({ value, label: <span><strong>{t(`web.kind.${value}`)}</strong> {t(`web.save.${value}Hint`)}</span> }))} />
          </Form.Item>
        </div>
      </Stack>
    </FormModal>
  );
}
