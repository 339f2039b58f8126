import { useTranslation } from 'react-i18next';
import { Alert, DetailLayout, Loaded, Stack, useEndpoint, usePathParam } from '../../../../../web/kit.ts';
import { readLibraryTag, type TagDetail } from '../../../contract.ts';
import { TagHeader } from './tag-header.tsx';
import { TagHistoryTab } from './tag-history-tab.tsx';
import { TagPeopleTab } from './tag-people-tab.tsx';
import { TagSummary } from './tag-summary.tsx';
import { TagUsesTab } from './tag-uses-tab.tsx';
import { UploadsTab } from './uploads-tab.tsx';

const refreshMs = 10_000;

/** One tag: what it means, how many have it, how that moved, who they are and what uses it. */
export default function TagPage() {
  const tagId = Number(usePathParam('tagId'));
  const tag = useEndpoint(readLibraryTag, { params: { tagId } }, { refreshMs });
  return <Loaded from={tag}>{(shown) => <Shown tag={shown} />}</Loaded>;
}

function Shown({ tag }: { tag: TagDetail }) {
  const { t } = useTranslation('audiences');
  return (
    <DetailLayout
      header={<TagHeader tag={tag} />}
      summary={
        <Stack>
          {tag.trouble !== null && <Alert type="error" showIcon title={t('tags.trouble')} description={tag.trouble} />}
          <TagSummary tag={tag} />
        </Stack>
      }
      tabs={[
        { key: 'history', label: t('tags.tab.history'), content: <TagHistoryTab tag={tag} /> },
        { key: 'people', label: t('tags.tab.people'), content: <TagPeopleTab tag={tag} /> },
        ...(tag.kind === 'file' ? [{ key: 'uploads', label: t('tags.tab.uploads', { count: tag.uploads.length }), content: <UploadsTab tag={tag} /> }] : []),
        { key: 'uses', label: t('tags.tab.uses', { count: tag.uses.length }), content: <TagUsesTab tag={tag} /> },
      ]}
    />
  );
}
