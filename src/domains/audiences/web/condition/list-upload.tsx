import { useTranslation } from 'react-i18next';
import { App, Form, FormModal, Input, Select, useFormat } from '../../../../web/kit.ts';
import { fileKinds, listPeopleLists, uploadPeopleList } from '../../contract.ts';
import { FileText } from '../tag-library/detail/upload-form.tsx';

interface Values {
  name: string;
  kind: (typeof fileKinds)[number];
  text: string;
}

/** Keeps the people a file names, and tells how many of its lines named somebody. */
export function ListUpload({ open, onUploaded, onClose }: { open: boolean; onUploaded: (listId: number) => void; onClose: () => void }) {
  const { t } = useTranslation(['audiences', 'customers']);
  const format = useFormat();
  const { message } = App.useApp();
  return (
    <FormModal<typeof uploadPeopleList, Values>
      open={open}
      title={t('web.upload.new')}
      submitLabel={t('web.save.submit')}
      endpoint={uploadPeopleList}
      initial={{ kind: 'phone' }}
      request={(body) => ({ body })}
      invalidates={[listPeopleLists]}
      onDone={({ listId, size, unknown, duplicates }) => {
        void message.success(t('web.upload.done', { size: format.number(size), unknown: format.number(unknown), duplicates: format.number(duplicates) }));
        onUploaded(listId);
        onClose();
      }}
      onCancel={onClose}
    >
      <Form.Item name="kind" label={t('tags.fileKind')} rules={[{ required: true }]}>
        <Select options={fileKinds.map((value) => ({ value, label: value === 'customer_no' ? t('tags.customerNo') : t(`customers:kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="text" label={t('tags.file')} rules={[{ required: true, message: t('tags.fileNeeded') }]}>
        <FileText />
      </Form.Item>
      <Form.Item name="name" label={t('web.save.name')} rules={[{ required: true, whitespace: true, message: t('web.save.nameNeeded') }]}>
        <Input maxLength={80} />
      </Form.Item>
    </FormModal>
  );
}
