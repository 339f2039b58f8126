import { useTranslation } from 'react-i18next';
import { Button, Dropdown, type MenuProps } from '../../../../web/kit.ts';
import { ClockCircleOutlined, CopyOutlined, DeleteOutlined, GroupOutlined, MoreOutlined, StopOutlined, UngroupOutlined } from '../../../../web/icons.tsx';
import { changed, duplicated, removed, unwrapped, wrapped } from '../rule/draft-edits.ts';
import { type DraftPart, newGroup } from '../rule/draft.ts';
import type { Builder } from './builder.ts';

const usualDays = 7;

/** What can be done with a part: also what dragging does, without a mouse. */
export function PartMenu({ builder, part }: { builder: Builder; part: DraftPart }) {
  const { t } = useTranslation('audiences');
  const { id } = part;
  const { edit, step } = builder;
  const label = (key: string): string => t(`web.menu.${key}`);
  const items: MenuProps['items'] = [
    ...(['up', 'down', 'out', 'in'] as const).map((key) => ({ key, label: label(key), onClick: () => step(id, key) })),
    { type: 'divider' },
    { key: 'copy', icon: <CopyOutlined />, label: label('copy'), onClick: () => edit((draft) => duplicated(draft, id)) },
    { key: 'wrap', icon: <GroupOutlined />, label: label('wrap'), onClick: () => edit((draft) => wrapped(draft, id, 'any')) },
    { key: 'exclude', icon: <StopOutlined />, label: label('exclude'), onClick: () => edit((draft) => wrapped(draft, id, 'none')) },
    ...(part.kind === 'group' && part.heldDays === null ? [{ key: 'unwrap', icon: <UngroupOutlined />, label: label('unwrap'), onClick: () => edit((draft) => unwrapped(draft, id)) }] : []),
    ...(part.kind === 'group' && part.heldDays !== null ? [] : [{ key: 'held', icon: <ClockCircleOutlined />, label: label('held'), onClick: () => edit((draft) => changed(draft, id, heldFor)) }]),
    { type: 'divider' },
    { key: 'remove', icon: <DeleteOutlined />, danger: true, label: label('remove'), onClick: () => edit((draft) => removed(draft, id)) },
  ];
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={label('label')} />
    </Dropdown>
  );
}

const heldFor = (part: DraftPart): DraftPart => (part.kind === 'group' ? { ...part, heldDays: usualDays } : newGroup('all', [part], usualDays));
