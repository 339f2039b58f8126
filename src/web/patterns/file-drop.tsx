import { Upload } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { InboxOutlined } from '../icons.tsx';

/** A place to drop one file, or to choose it with the keyboard. */
export interface FileDropProps {
  /** As in an input's `accept`: `.csv,.jsonl,.parquet,.gz`. */
  accept?: string;
  hint?: ReactNode;
  disabled?: boolean;
  onFile: (file: File) => void;
}

export function FileDrop({ accept, hint, disabled = false, onFile }: FileDropProps) {
  const { t } = useTranslation('web');
  return (
    <Upload.Dragger
      multiple={false}
      showUploadList={false}
      disabled={disabled}
      {...(accept ? { accept } : {})}
      beforeUpload={(file) => {
        onFile(file);
        return Upload.LIST_IGNORE;
      }}
    >
      <p className="ant-upload-drag-icon">
        <InboxOutlined />
      </p>
      <p className="ant-upload-text">{t('file.drop')}</p>
      {hint && <p className="ant-upload-hint">{hint}</p>}
    </Upload.Dragger>
  );
}
