import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input, Select } from '../../../../web/kit.ts';
import { addIdentifier, byStrength, readCustomer, readTimeline, type IdentifierKind } from '../../contract.ts';

interface Values {
  kind: IdentifierKind;
  value: string;
  namespace?: string;
}

/** Gives a person one more thing they are known by. */
export function IdentifierForm({ customerNo, open, onClose }: { customerNo: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const needed = [{ required: true, message: t('form.needed') }];
  return (
    <FormModal<typeof addIdentifier, Values>
      open={open}
      title={t('identifiers.addTitle')}
      submitLabel={t('identifiers.add')}
      endpoint={addIdentifier}
      initial={{ kind: 'phone' }}
      request={(values) => ({ params: { customerNo }, body: values })}
      invalidates={[readCustomer, readTimeline]}
      done={t('identifiers.added')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="kind" label={t('identifiers.kind')} rules={needed}>
        <Select options={byStrength.map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="value" label={t('identifiers.value')} rules={needed}>
        <Input maxLength={254} autoComplete="off" />
      </Form.Item>
      <Form.Item name="namespace" label={t('identifiers.namespace')} extra={t('identifiers.namespaceHint')}>
        <Input maxLength={100} />
      </Form.Item>
    </FormModal>
  );
}
