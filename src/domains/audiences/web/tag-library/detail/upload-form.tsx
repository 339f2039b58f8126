import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Checkbox, FileDrop, Form, FormModal, Input, Select, useFormat } from '../../../../../web/kit.ts';
import { fileKinds, listLibraryTags, listTagPeople, readLibraryTag, readTagHistory, type TagDetail, uploadTagFile } from '../../../contract.ts';

interface Values {
  name: string;
  kind: (typeof fileKinds)[number];
  text: string;
  replaces?: boolean;
}

/** Gives the tag to the people a file names. */
export function UploadForm({ tag, open, onClose }: { tag: TagDetail; open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['audiences', 'customers']);
  const format = useFormat();
  const { message } = App.useApp();
  return (
    <FormModal<typeof uploadTagFile, Values>
      open={open}
      title={t('tags.uploadTitle', { name: tag.name })}
      submitLabel={t('tags.addList')}
      endpoint={uploadTagFile}
      initial={{ kind: 'phone' }}
      request={(body) => ({ params: { tagId: tag.tagId }, body })}
      invalidates={[readLibraryTag, listTagPeople, readTagHistory, listLibraryTags]}
      onDone={({ people, ...rest }) => {
        void message.success(t('tags.fileDone', { ...rest, shown: format.number(people) }));
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
      <Form.Item name="name" label={t('tags.fileName')} rules={[{ required: true, whitespace: true, message: t('tags.fileName') }]}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="replaces" valuePropName="checked">
        <Checkbox>{t('tags.listReplaces')}</Checkbox>
      </Form.Item>
    </FormModal>
  );
}

/** A file as its text; the list is named after the file until somebody names it otherwise. */
export function FileText({ onChange }: { onChange?: (text: string) => void }) {
  const { t } = useTranslation('audiences');
  const form = Form.useFormInstance();
  const [chosen, setChosen] = useState<string | null>(null);
  const read = async (file: File): Promise<void> => {
    setChosen(file.name);
    onChange?.(await file.text());
    if (!form.getFieldValue('name')) form.setFieldValue('name', file.name.replace(/\.[^.]*$/, '').slice(0, 120));
  };
  return <FileDrop accept=".csv,.txt" hint={chosen === null ? t('tags.fileHint') : t('tags.fileChosen', { name: chosen })} onFile={(file) => void read(file)} />;
}
