import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, InlineControls, InlineWord, Select, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { UploadOutlined } from '../../../../web/icons.tsx';
import { listPeopleLists } from '../../contract.ts';
import type { ConditionProps } from './condition-of.ts';
import { ListUpload } from '../people-lists/list-upload.tsx';

/** `On the uploaded list Guests of June`, which can be uploaded right here. */
export function ListEditor({ condition, onChange }: ConditionProps<'list'>) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const mayUpload = useMay('audiences.edit');
  const [isUploading, setUploading] = useState(false);
  const { data, isFetching } = useEndpoint(listPeopleLists, { query: { pageSize: 200 } });
  const { listId } = condition;
  const known = (data?.rows ?? []).map((list) => ({ value: list.listId, label: t('web.audience.option', { name: list.name, size: format.number(list.size) }) }));
  const isGone = data !== undefined && listId !== 0 && !known.some(({ value }) => value === listId);
  return (
    <InlineControls>
      <InlineWord isStrong>{t('web.upload.on')}</InlineWord>
      <Select<number>
        variant="filled"
        aria-label={t('web.upload.choose')}
        placeholder={t('web.upload.choose')}
        value={listId === 0 ? null : listId}
        status={listId === 0 || isGone ? 'warning' : ''}
        loading={isFetching}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: 'label' }}
        options={[...known, ...(isGone ? [{ value: listId, label: t('web.upload.gone', { id: listId }) }] : [])]}
        onChange={(chosen) => onChange({ ...condition, listId: chosen })}
      />
      {mayUpload && <Button type="link" size="small" icon={<UploadOutlined />} onClick={() => setUploading(true)}>{t('web.upload.new')}</Button>}
      <ListUpload open={isUploading} onClose={() => setUploading(false)} onUploaded={(uploaded) => onChange({ ...condition, listId: uploaded })} />
    </InlineControls>
  );
}
