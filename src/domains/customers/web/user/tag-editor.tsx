import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Select, TagList, useAction, useEndpoint, useMay } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { addTag, listCustomers, listTags, readCustomer, readTimeline, removeTag, type ShownProfile } from '../../contract.ts';

const changed = [readCustomer, readTimeline, listCustomers, listTags];

/** A customer's tags; a new name makes a new tag. */
export function TagEditor({ profile: { customerNo, tags } }: { profile: ShownProfile }) {
  const { t } = useTranslation('customers');
  const mayTag = useMay('customers.tag');
  const [isAdding, setAdding] = useState(false);
  const add = useAction(addTag, { invalidates: changed, onSuccess: () => setAdding(false) });
  const remove = useAction(removeTag, { invalidates: changed });
  const onRemove = (tagId: number) => (mayTag ? () => remove.mutate({ params: { customerNo, tagId } }) : undefined);
  const extra = isAdding ? (
    <NewTag held={tags.map(({ name }) => name)} busy={add.isPending} onChosen={(name) => add.mutate({ params: { customerNo }, body: { name } })} onLeave={() => setAdding(false)} />
  ) : (
    <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('user.addTag')}</Button>
  );
  return <TagList tags={tags.map(({ tagId, name, isComputed }) => ({ key: tagId, label: name, onRemove: isComputed ? undefined : onRemove(tagId) }))} extra={mayTag && extra} />;
}

function NewTag({ held, busy, onChosen, onLeave }: { held: string[]; busy: boolean; onChosen: (name: string) => void; onLeave: () => void }) {
  const { t } = useTranslation('customers');
  const [typed, setTyped] = useState('');
  const { data } = useEndpoint(listTags);
  const known = (data?.tags ?? []).filter(({ isComputed }) => !isComputed).map(({ name }) => name).filter((name) => !held.includes(name));
  const own = typed.trim();
  const isNew = own !== '' && ![...(data?.tags ?? []).map(({ name }) => name), ...held].some((name) => name.toLowerCase() === own.toLowerCase());
  return (
    <Select<string>
      autoFocus
      defaultOpen
      showSearch
      size="small"
      loading={busy}
      disabled={busy}
      aria-label={t('user.addTag')}
      placeholder={t('user.tagPlaceholder')}
      popupMatchSelectWidth={false}
      options={(isNew ? [own, ...known] : known).map((name) => ({ value: name, label: name }))}
      onSearch={(text) => setTyped(text.slice(0, 40))}
      onSelect={onChosen}
      onBlur={onLeave}
    />
  );
}
