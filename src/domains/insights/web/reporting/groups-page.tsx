import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Endpoint, EndpointRequest } from '../../../../kernel/endpoint.ts';
import { Button, ConfirmDanger, EmptyState, Flex, Form, FormDrawer, Input, Loaded, PageHeader, Section, Stack, Typography, useAction, useEndpoint } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { changeGroup, createGroup, deleteGroup, listRecipients, listSchedules, readSchedule, type ShownGroup } from '../../contract.ts';
import { type MembersDraft, membersDraftOf, membersOf } from './member-draft.ts';
import { MemberFields } from './member-fields.tsx';

/** Groups that reports are sent to: who is in them, and what they are called. */
export default function GroupsPage() {
  const { t } = useTranslation('insights');
  const recipients = useEndpoint(listRecipients);
  const [editing, setEditing] = useState<ShownGroup | 'new' | null>(null);
  const [deleting, setDeleting] = useState<ShownGroup | null>(null);
  const remove = useAction(deleteGroup, { invalidates: [listRecipients], done: t('reporting.groups.deleted'), onSuccess: () => setDeleting(null) });
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>{t('reporting.groups.new')}</Button>;
  return (
    <Stack>
      <PageHeader title={t('reporting.groups.title')} subtitle={t('reporting.groups.subtitle')} breadcrumbs={[{ label: t('reporting.title'), to: '/insights/reporting' }]} actions={add} />
      <Loaded from={recipients}>
        {({ groups, staff }) => (
          <Stack>
            {groups.length === 0 && <EmptyState title={t('reporting.groups.empty')} hint={t('reporting.groups.emptyHint')} action={add} />}
            {groups.map((group) => (
              <Section
                key={group.groupId}
                title={group.name}
                extra={<Flex gap="small"><Button type="link" onClick={() => setEditing(group)}>{t('reporting.groups.edit')}</Button><Button type="link" danger onClick={() => setDeleting(group)}>{t('reporting.groups.delete')}</Button></Flex>}
              >
                <Typography.Text type="secondary">{t('reporting.groups.count', { count: group.members.length })}</Typography.Text> {group.memberNames.join(t('ask.comma'))}
              </Section>
            ))}
            {editing !== null && <GroupDrawer group={editing === 'new' ? null : editing} staff={staff} onClose={() => setEditing(null)} />}
          </Stack>
        )}
      </Loaded>
      <ConfirmDanger
        open={deleting !== null}
        title={t('reporting.groups.deleteTitle')}
        touches={[deleting?.name]}
        confirmLabel={t('reporting.groups.delete')}
        busy={remove.isPending}
        onConfirm={() => deleting && remove.mutate({ params: { groupId: deleting.groupId } })}
        onCancel={() => setDeleting(null)}
      />
    </Stack>
  );
}

interface GroupDraft extends MembersDraft {
  name: string;
}

function GroupDrawer({ group, staff, onClose }: { group: ShownGroup | null; staff: { staffId: number; name: string }[]; onClose: () => void }) {
  const { t } = useTranslation('insights');
  const form = {
    open: true,
    title: group === null ? t('reporting.groups.new') : group.name,
    submitLabel: t('reporting.groups.save'),
    initial: { name: group?.name ?? '', ...membersDraftOf(group?.members ?? []) },
    invalidates: [listRecipients, listSchedules, readSchedule] as Endpoint[],
    done: t('reporting.groups.saved'),
    onDone: onClose,
    onCancel: onClose,
    children: (
      <>
        <Form.Item name="name" label={t('reporting.groups.name')} rules={[{ required: true, whitespace: true, message: t('reporting.edit.needed') }]}><Input maxLength={80} /></Form.Item>
        <MemberFields staff={staff} />
      </>
    ),
  };
  const bodyOf = (draft: GroupDraft): EndpointRequest<typeof createGroup>['body'] => ({ name: draft.name, members: membersOf(draft) });
  return group === null
    ? <FormDrawer<typeof createGroup, GroupDraft> {...form} endpoint={createGroup} request={(draft) => ({ body: bodyOf(draft) })} />
    : <FormDrawer<typeof changeGroup, GroupDraft> {...form} endpoint={changeGroup} request={(draft) => ({ params: { groupId: group.groupId }, body: bodyOf(draft) })} />;
}
