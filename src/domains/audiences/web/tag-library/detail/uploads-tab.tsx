import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Flex, Popconfirm, Section, Stack, Typography, useAction, useFormat, useMay } from '../../../../../web/kit.ts';
import { UploadOutlined } from '../../../../../web/icons.tsx';
import { listLibraryTags, listTagPeople, readLibraryTag, readTagHistory, removeTagList, type TagDetail } from '../../../contract.ts';
import { UploadForm } from './upload-form.tsx';

const invalidates = [readLibraryTag, listTagPeople, readTagHistory, listLibraryTags];

/** The lists that gave it, each to be taken back. */
export function UploadsTab({ tag }: { tag: TagDetail }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const mayKeep = useMay('audiences.tags');
  const [isAdding, setAdding] = useState(false);
  const remove = useAction(removeTagList, { invalidates, done: t('tags.tookBack') });
  return (
    <Section extra={mayKeep && <Button icon={<UploadOutlined />} onClick={() => setAdding(true)}>{t('tags.addList')}</Button>}>
      <Stack>
        {tag.uploads.length === 0 && <EmptyState title={t('tags.noLists')} hint={t('tags.next.file')} />}
        {tag.uploads.map(({ uploadId, name, size, givenAt, givenBy, lapsesAt }) => (
          <Flex key={uploadId} gap="middle" justify="space-between" wrap>
            <Flex vertical>
              <span>{name}</span>
              <Typography.Text type="secondary">{t('tags.listLine', { shown: format.number(size), when: format.dateTime(givenAt), by: givenBy })}{lapsesAt !== null && t('tags.listUntil', { when: format.dateTime(lapsesAt) })}</Typography.Text>
            </Flex>
            {mayKeep && (
              <Popconfirm title={t('tags.takeBackTitle', { name })} description={t('tags.takeBackHint')} okText={t('tags.takeBack')} onConfirm={() => remove.mutate({ params: { tagId: tag.tagId, uploadId } })}>
                <Button danger size="small">{t('tags.takeBack')}</Button>
              </Popconfirm>
            )}
          </Flex>
        ))}
      </Stack>
      <UploadForm tag={tag} open={isAdding} onClose={() => setAdding(false)} />
    </Section>
  );
}
