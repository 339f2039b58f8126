import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileDrop, Form, Input, Select } from '../../../web/kit.ts';
import { fileKinds } from '../contract.ts';

/** What a form that takes a file of people holds. */
export interface PeopleFile {
  name: string;
  kind: (typeof fileKinds)[number];
  text: string;
}

export interface PeopleFileFieldsProps {
  nameLabel: string;
  /** What is said where the name is missing. */
  nameNeeded: string;
  longestName: number;
}

/** What the file names people by, the file, and a name for it. */
export function PeopleFileFields({ nameLabel, nameNeeded, longestName }: PeopleFileFieldsProps) {
  const { t } = useTranslation(['audiences', 'customers']);
  return (
    <>
      <Form.Item name="kind" label={t('tags.fileKind')} rules={[{ required: true }]}>
        <Select options={fileKinds.map((value) => ({ value, label: value === 'customer_no' ? t('tags.customerNo') : t(`customers:kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="text" label={t('tags.file')} rules={[{ required: true, message: t('tags.fileNeeded') }]}>
        <FileText />
      </Form.Item>
      <Form.Item name="name" label={nameLabel} rules={[{ required: true, whitespace: true, message: nameNeeded }]}>
        <Input maxLength={longestName} />
      </Form.Item>
    </>
  );
}

/** A file as its text; the list is named after the file until somebody names it otherwise. */
function FileText({ onChange }: { onChange?: (text: string) => void }) {
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
