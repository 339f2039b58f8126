import { useTranslation } from 'react-i18next';
import { Checkbox, Form, FormModal, InputNumber } from '../../../../../web/kit.ts';
import { addTagList, listLibraryTags, listTagPeople, readLibraryTag, readTagHistory, type TagDetail } from '../../../contract.ts';

/** Gives the tag to the people of an uploaded list. */
export function AddListForm({ tag, open, onClose }: { tag: TagDetail; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('audiences');
  return (
    <FormModal<typeof addTagList, { listId: number; replaces?: boolean }>
      open={open}
      title={t('tags.addListTitle', { name: tag.name })}
      submitLabel={t('tags.addList')}
      endpoint={addTagList}
      request={(body) => ({ params: { tagId: tag.tagId }, body })}
      invalidates={[readLibraryTag, listTagPeople, readTagHistory, listLibraryTags]}
      done={t('tags.listAdded')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="listId" label={t('tags.listNumber')} rules={[{ required: true, message: t('tags.listNeeded') }]}>
        <InputNumber min={1} max={2_147_483_647} precision={0} />
      </Form.Item>
      <Form.Item name="replaces" valuePropName="checked">
        <Checkbox>{t('tags.listReplaces')}</Checkbox>
      </Form.Item>
    </FormModal>
  );
}
