import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, call, CheckMatrix, Flex, Grid, Loaded, PageHeader, Select, sentenceOf, Stack, useEndpoint, useSession } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import type { Permission } from '../../../../kernel/actor.ts';
import { changeRole, listRoles, type Role } from '../../roles/contract.ts';
import { permissionGroups } from '../permission-label.ts';
import { roleName } from '../role-name.ts';
import { countOfDrafts, isHeld, type RoleDrafts, ticked, wantedPermissions } from './role-drafts.ts';
import { RoleForm } from './role-form.tsx';
import { RoleHead } from './role-head.tsx';

/** Every role beside every permission: what one ticks is saved when one says so. */
export default function RolesPage() {
  const { t } = useTranslation('access');
  const { t: tAll } = useTranslation();
  const session = useSession();
  const isNarrow = Grid.useBreakpoint().md === false;
  const list = useEndpoint(listRoles);
  const [drafts, setDrafts] = useState<RoleDrafts>({});
  const [chosen, setChosen] = useState<number[]>([]);
  const [isMaking, setMaking] = useState(false);
  const [saving, setSaving] = useState<{ busy: boolean; failure: string | null }>({ busy: false, failure: null });
  const count = countOfDrafts(drafts);
  const save = async (roles: Role[], permissions: string[]): Promise<void> => {
    setSaving({ busy: true, failure: null });
    let rest = drafts;
    try {
      for (const role of roles.filter((one) => one.roleId in drafts)) {
        await call(changeRole, { params: { roleId: role.roleId }, body: { permissions: wantedPermissions(role, permissions, drafts) as Permission[] } });
        const { [role.roleId]: _saved, ...others } = rest;
        rest = others;
      }
      setSaving({ busy: false, failure: null });
    } catch (error) {
      setSaving({ busy: false, failure: sentenceOf(error, tAll) });
    }
    await list.refetch();
    setDrafts(rest);
  };
  return (
    <>
      <PageHeader
        title={t('roles.title')}
        subtitle={t('roles.subtitle')}
        actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('roles.add')}</Button>}
      />
      <Loaded from={list}>
        {({ roles, permissions }) => {
          const preferred = isNarrow ? roles.slice(1, 2).map((role) => role.roleId) : [];
          const wanted = chosen.length > 0 ? chosen : preferred;
          const shown = wanted.length > 0 ? roles.filter((role) => wanted.includes(role.roleId)) : roles;
          const byId = new Map(shown.map((role) => [String(role.roleId), role]));
          return (
            <Stack>
              <Flex wrap gap="small" align="center" justify="space-between">
                <Flex vertical flex="0 1 300px">
                  <Select
                    mode="multiple"
                    allowClear
                    aria-label={t('roles.show')}
                    placeholder={t('roles.show')}
                    value={wanted}
                    onChange={setChosen}
                    optionFilterProp="label"
                    popupMatchSelectWidth={false}
                    options={roles.map((role) => ({ value: role.roleId, label: roleName(role, t) }))}
                  />
                </Flex>
                <Flex gap="small" align="center">
                  <span role="status">{t('roles.unsaved', { count })}</span>
                  <Button disabled={count === 0 || saving.busy} onClick={() => setDrafts({})}>{t('roles.discard')}</Button>
                  <Button type="primary" disabled={count === 0} loading={saving.busy} onClick={() => void save(roles, permissions)}>{t('roles.save')}</Button>
                </Flex>
              </Flex>
              {saving.failure && <Alert type="error" showIcon title={saving.failure} />}
              <CheckMatrix
                corner={t('roles.permission')}
                columns={shown.map((role) => ({ key: String(role.roleId), label: roleName(role, t), head: <RoleHead role={role} /> }))}
                groups={permissionGroups(permissions, tAll)}
                cell={(permission, roleId) => {
                  const role = byId.get(roleId);
                  if (!role) return { checked: false, disabled: true };
                  return {
                    checked: isHeld(role, permission, drafts),
                    disabled: role.key === 'administrator' || !session.permissions.includes(permission),
                    changed: drafts[role.roleId]?.[permission] !== undefined,
                  };
                }}
                onToggle={(permission, roleId, checked) => {
                  const role = byId.get(roleId);
                  if (role) setDrafts((before) => ticked(before, role, permission, checked));
                }}
              />
            </Stack>
          );
        }}
      </Loaded>
      <RoleForm open={isMaking} onClose={() => setMaking(false)} />
    </>
  );
}
