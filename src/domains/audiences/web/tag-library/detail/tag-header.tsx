import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, Dropdown, type MenuProps, PageHeader, useAction, useFormat, useMay, useNavigateTo } from '../../../../../web/kit.ts';
import { DeleteOutlined, EditOutlined, MoreOutlined, ReloadOutlined, SwapOutlined } from '../../../../../web/icons.tsx';
import { deleteLibraryTag, evaluateLibraryTag, listLibraryTags, listTagCategories, readLibraryTag, readTagHistory, type TagDetail } from '../../../contract.ts';
import { TagKindTag } from '../library/tag-kind.tsx';
import { ReplaceForm } from './replace-form.tsx';

/** What it is called, and what can be done with it. */
export function TagHeader({ tag }: { tag: TagDetail }) {
  const { t } = useTranslation('audiences');
  const { t: tAll } = useTranslation();
  const format = useFormat();
  const navigate = useNavigateTo();
  const mayKeep = useMay('audiences.tags');
  const [open, setOpen] = useState<'replace' | 'delete' | null>(null);
  const { tagId, name, kind, uses } = tag;
  const compute = useAction(evaluateLibraryTag, { invalidates: [readLibraryTag, readTagHistory, listLibraryTags], done: t('tags.computed') });
  const remove = useAction(deleteLibraryTag, { invalidates: [listLibraryTags, listTagCategories], onSuccess: () => navigate('/users/tags', { replace: true }) });
  const items: MenuProps['items'] = [
    ...(kind === 'hand' ? [] : [{ key: 'compute', icon: <ReloadOutlined />, label: t('tags.compute'), onClick: () => compute.mutate({ params: { tagId } }) }]),
    { key: 'replace', icon: <SwapOutlined />, label: t('tags.replace'), onClick: () => setOpen('replace') },
    { key: 'delete', icon: <DeleteOutlined />, danger: true, label: t('tags.delete'), onClick: () => setOpen('delete') },
  ];
  return (
    <>
      <PageHeader
        title={name}
        subtitle={<TagKindTag kind={kind} />}
        breadcrumbs={[{ label: t('tags.title'), to: '/users/tags' }]}
        actions={mayKeep && (
          <>
            <Dropdown menu={{ items }} trigger={['click']}><Button icon={<MoreOutlined />}>{t('tags.more')}</Button></Dropdown>
            <Button type="primary" icon={<EditOutlined />} onClick={() => navigate(`/users/tags/${tagId}/edit`)}>{t('tags.edit')}</Button>
          </>
        )}
      />
      <ReplaceForm tag={tag} open={open === 'replace'} onClose={() => setOpen(null)} />
      <ConfirmDanger
        open={open === 'delete'}
        title={t('tags.deleteTitle', { name })}
        touches={[
          t('tags.deletePeople', { shown: format.number(tag.size) }),
          ...(uses.length === 0 ? [t('tags.deleteUnused')] : uses.map((use) => t('tags.deleteUsed', { kind: tAll(use.label), name: use.name }))),
        ]}
        name={uses.length === 0 ? undefined : name}
        confirmLabel={t('tags.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params: { tagId }, query: uses.length === 0 ? {} : { confirm: name } })}
        onCancel={() => setOpen(null)}
      />
    </>
  );
}
