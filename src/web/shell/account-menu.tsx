import { Button, Dropdown, Grid } from 'antd';
import { useTranslation } from 'react-i18next';
import { IdcardOutlined, LogoutOutlined, UserOutlined } from '../icons.tsx';
import { useAction } from '../api/use-action.ts';
import { useNavigateTo } from '../router/location.ts';
import { signOut } from '../../domains/access/sessions/session-contract.ts';
import { useSession } from '../session/use-session.ts';

/** Where a person's own password, language and sessions are. */
const accountPage = '/account';

/** The person who is signed in, and what they may do with their own account. */
export function AccountMenu() {
  const { t } = useTranslation('web');
  const { actor } = useSession();
  const navigate = useNavigateTo();
  const hasRoom = Grid.useBreakpoint().md ?? false;
  // A whole new page: nothing that was read for this person stays in memory.
  const leave = useAction(signOut, { onSuccess: () => window.location.assign('/sign-in') });
  const items = [
    { key: 'own', icon: <IdcardOutlined />, label: t('account.own'), onClick: () => navigate(accountPage) },
    { key: 'leave', icon: <LogoutOutlined />, label: t('account.signOut'), onClick: () => leave.mutate({}) },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
      <Button type="text" icon={<UserOutlined />} aria-label={t('shell.account')} loading={leave.isPending}>
        {hasRoom ? actor?.name : null}
      </Button>
    </Dropdown>
  );
}
