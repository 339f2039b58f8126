import { useTranslation } from 'react-i18next';
import { FormDrawer, type RowOf } from '../../../../web/kit.ts';
import { changeStaff, listStaff, readStaff } from '../../staff/contract.ts';
import { type GrantableRole, StaffFields, type StaffValues } from './staff-fields.tsx';

interface StaffFormProps {
  /** The account to change; null when closed. */
  member: RowOf<typeof listStaff> | null;
  roles: GrantableRole[];
  onClose: () => void;
}

/** Changes an account's name, address and roles. */
export function StaffForm({ member, roles, onClose }: StaffFormProps) {
  const { t } = useTranslation('access');
  const initial = member
    ? { name: member.name, email: member.email, roleIds: member.roles.map((role) => role.roleId) }
    : undefined;
  return (
    <FormDrawer<typeof changeStaff, StaffValues>
      open={member !== null}
      title={member?.name ?? ''}
      submitLabel={t('staffForm.save')}
      endpoint={changeStaff}
      {...(initial ? { initial } : {})}
      request={(values) => ({ params: { staffId: member?.staffId }, body: values })}
      invalidates={[listStaff, readStaff]}
      done={t('staffForm.saved')}
      onDone={onClose}
      onCancel={onClose}
    >
      <StaffFields roles={roles} />
    </FormDrawer>
  );
}
