import { useTranslation } from 'react-i18next';
import { Form, FormModal, Select } from '../../../../../web/kit.ts';
import { listLibraryTags, readLibraryTag, replaceLibraryTag, type TagDetail } from '../../../contract.ts';
import { useFieldList } from '../../inputs/use-field-list.ts';

/** Puts another tag in the place of this one wherever it is asked for. */
export function ReplaceForm({ tag, open, onClose }: { tag: TagDetail; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('audiences');
  const { data } = useFieldList();
  const options = (data?.tags ?? []).filter(({ tagId }) => tagId !== tag.tagId).map(({ tagId, name }) => ({ value: tagId, label: name }));
  return (
    <FormModal<typeof replaceLibraryTag, { by: number }>
      open={open}
      title={t('tags.replaceTitle', { name: tag.name })}
      submitLabel={t('tags.replace')}
      endpoint={replaceLibraryTag}
      request={({ by }) => ({ params: { tagId: tag.tagId }, body: { by } })}
      invalidates={[readLibraryTag, listLibraryTags]}
      done={t('tags.replaced')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="by" label={t('tags.replaceBy')} extra={t('tags.replaceHint')} rules={[{ required: true, message: t('tags.replaceNeeded') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
    </FormModal>
  );
}
