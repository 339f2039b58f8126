import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, type Column, DataTable, EmptyState, PageHeader, type RowOf, Space, Tag, useEndpoint, useFormat, useSearchState } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { listStaff, listStaffRoles, readStaff, staffStatuses } from '../../staff/contract.ts';
import { roleName } from '../role-name.ts';
import { type NewLink, LinkModal } from './link-modal.tsx';
import { StaffActions } from './staff-actions.tsx';
import { InviteForm } from './invite-form.tsx';
import { StaffForm } from './staff-form.tsx';

type StaffRow = RowOf<typeof listStaff>;
/** The account that is open for changes. */
const search = z.object({ edit: z.coerce.number().int().positive().optional().catch(undefined) });
/** This list as it stands, with an account opened. */
const addressWith = (staffId: number): string => {
  const query = new URLSearchParams(window.location.search);
  query.set('edit', String(staffId));
  return `${window.location.pathname}?${query}`;
};
const statusColours = { active: 'success', invited: 'processing', disabled: 'default' } as const;

export default function StaffPage() {
  const { t } = useTranslation('access');
  const format = useFormat();
  const roles = useEndpoint(listStaffRoles).data?.roles ?? [];
  const [{ edit }, change] = useSearchState(search);
  const [isInviting, setInviting] = useState(false);
  const edited = useEndpoint(readStaff, { params: { staffId: edit } }, { enabled: edit !== undefined });
  const [link, setLink] = useState<NewLink | null>(null);
  const columns: Column<StaffRow>[] = [
    { key: 'name', title: t('staff.name'), sortable: true, render: (row) => row.name },
    { key: 'email', title: t('staff.email'), sortable: true, render: (row) => row.email },
    { key: 'roles', title: t('staff.roles'), render: (row) => <Space wrap size="small">{row.roles.map((role) => <Tag key={role.roleId}>{roleName(role, t)}</Tag>)}</Space> },
    { key: 'status', title: t('staff.status'), render: (row) => <Tag color={statusColours[row.status]}>{t(`staffStatus.${row.status}`)}</Tag> },
    { key: 'lastSignInAt', title: t('staff.lastSignIn'), sortable: true, render: (row) => format.relative(row.lastSignInAt) },
    { key: 'createdAt', title: t('staff.since'), sortable: true, optional: true, render: (row) => format.date(row.createdAt) },
    { key: 'actions', title: t('staff.actions'), render: (row) => <StaffActions member={row} onEdit={() => change({ edit: row.staffId })} onLink={setLink} /> },
  ];
  return (
    <>
      <PageHeader
        title={t('staff.title')}
        subtitle={t('staff.subtitle')}
        actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setInviting(true)}>{t('staff.invite')}</Button>}
      />
      <DataTable
        endpoint={listStaff}
        columns={columns}
        rowKey={(row) => row.staffId}
        rowLink={(row) => addressWith(row.staffId)}
        searchPlaceholder={t('staff.search')}
        filters={[
          { key: 'status', label: t('staff.status'), options: staffStatuses.map((value) => ({ value, label: t(`staffStatus.${value}`) })) },
          { key: 'roleId', label: t('staff.role'), options: roles.map((role) => ({ value: String(role.roleId), label: roleName(role, t) })) },
        ]}
        empty={<EmptyState title={t('staff.empty')} />}
      />
      <InviteForm open={isInviting} roles={roles} onClose={() => setInviting(false)} onInvited={setLink} />
      <StaffForm member={edit === undefined ? null : (edited.data ?? null)} roles={roles} onClose={() => change({ edit: undefined })} />
      <LinkModal link={link} onClose={() => setLink(null)} />
    </>
  );
}
