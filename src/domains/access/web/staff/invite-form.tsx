import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../../../../web/kit.ts';
import { inviteStaff, listStaff } from '../../staff/contract.ts';
import type { NewLink } from './link-modal.tsx';
import { type GrantableRole, StaffFields, type StaffValues } from './staff-fields.tsx';

interface InviteFormProps {
  open: boolean;
  roles: GrantableRole[];
  onClose: () => void;
  onInvited: (link: NewLink) => void;
}

/** Makes an account; what is to be handed over afterwards is its link. */
export function InviteForm({ open, roles, onClose, onInvited }: InviteFormProps) {
  const { t } = useTranslation('access');
  return (
    <FormDrawer<typeof inviteStaff, StaffValues>
      open={open}
      title={t('staff.invite')}
      submitLabel={t('staffForm.makeLink')}
      endpoint={inviteStaff}
      request={({ roleIds = [], ...values }) => ({ body: { ...values, roleIds } })}
      invalidates={[listStaff]}
      onDone={(reply) => {
        onClose();
        onInvited({ ...reply, name: t('staffLink.newColleague') });
      }}
      onCancel={onClose}
    >
      <StaffFields roles={roles} />
    </FormDrawer>
  );
}
