import { useTranslation } from 'react-i18next';
import { App, FormModal, useFormat } from '../../../../web/kit.ts';
import { listPeopleLists, uploadPeopleList } from '../../contract.ts';
import { type PeopleFile, PeopleFileFields } from '../people-file-fields.tsx';

/** Keeps the people a file names, and tells how many of its lines named somebody. */
export function ListUpload({ open, onUploaded, onClose }: { open: boolean; onUploaded: (listId: number) => void; onClose: () => void }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const { message } = App.useApp();
  return (
    <FormModal<typeof uploadPeopleList, PeopleFile>
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
      <PeopleFileFields nameLabel={t('web.save.name')} nameNeeded={t('web.save.nameNeeded')} longestName={80} />
    </FormModal>
  );
}
