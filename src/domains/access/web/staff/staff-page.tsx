import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, PageHeader, type RowOf, Space, Tag, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.ts';
import { listStaff, listStaffRoles, staffStatuses } from '../../staff/contract.ts';
import { roleName } from '../role-name.ts';
import { type NewLink, LinkModal } from './link-modal.tsx';
import { StaffActions } from './staff-actions.tsx';
import { StaffForm } from './staff-form.tsx';

type StaffRow = RowOf<typeof listStaff>;
const statusColours = { active: 'success', invited: 'processing', disabled: 'default' } as const;

export default function StaffPage() {
  const { t } = useTranslation('access');
  const format = useFormat();
  const roles = useEndpoint(listStaffRoles).data?.roles ?? [];
  // `new` for an invitation, an account to change it, null while neither is open.
  const [edited, setEdited] = useState<StaffRow | 'new' | null>(null);
  const [link, setLink] = useState<NewLink | null>(null);
  const columns: Column<StaffRow>[] = [
    { key: 'name', title: t('staff.name'), sortable: true, render: (row) => <Button type="link" onClick={() => setEdited(row)}>{row.name}</Button> },
    { key: 'email', title: t('staff.email'), sortable: true, render: (row) => row.email },
    { key: 'roles', title: t('staff.roles'), render: (row) => <Space wrap size="small">{row.roles.map((role) => <Tag key={role.roleId}>{roleName(role, t)}</Tag>)}</Space> },
    { key: 'status', title: t('staff.status'), render: (row) => <Tag color={statusColours[row.status]}>{t(`staffStatus.${row.status}`)}</Tag> },
    { key: 'lastSignInAt', title: t('staff.lastSignIn'), sortable: true, render: (row) => format.relative(row.lastSignInAt) },
    { key: 'createdAt', title: t('staff.since'), sortable: true, optional: true, render: (row) => format.date(row.createdAt) },
    { key: 'actions', title: t('staff.actions'), render: (row) => <StaffActions member={row} onEdit={() => setEdited(row)} onLink={setLink} /> },
  ];
  return (
    <>
      <PageHeader
        title={t('staff.title')}
        subtitle={t('staff.subtitle')}
        actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>{t('staff.invite')}</Button>}
      />
      <DataTable
        endpoint={listStaff}
        columns={columns}
        rowKey={(row) => row.staffId}
        searchPlaceholder={t('staff.search')}
        filters={[
          { key: 'status', label: t('staff.status'), options: staffStatuses.map((value) => ({ value, label: t(`staffStatus.${value}`) })) },
          { key: 'roleId', label: t('staff.role'), options: roles.map((role) => ({ value: String(role.roleId), label: roleName(role, t) })) },
        ]}
        empty={<EmptyState title={t('staff.empty')} />}
      />
      <StaffForm edited={edited} roles={roles} onClose={() => setEdited(null)} onInvited={setLink} />
      <LinkModal link={link} onClose={() => setLink(null)} />
    </>
  );
}
