import { useTranslation } from 'react-i18next';
import { App, Checkbox, Form, FormModal, useFormat } from '../../../../../web/kit.ts';
import { listLibraryTags, listTagPeople, readLibraryTag, readTagHistory, type TagDetail, uploadTagFile } from '../../../contract.ts';
import { type PeopleFile, PeopleFileFields } from '../../people-file-fields.tsx';

interface Values extends PeopleFile {
  replaces?: boolean;
}

/** Gives the tag to the people a file names. */
export function UploadForm({ tag, open, onClose }: { tag: TagDetail; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('audiences');
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
      <PeopleFileFields nameLabel={t('tags.fileName')} nameNeeded={t('tags.fileName')} longestName={120} />
      <Form.Item name="replaces" valuePropName="checked">
        <Checkbox>{t('tags.listReplaces')}</Checkbox>
      </Form.Item>
    </FormModal>
  );
}
