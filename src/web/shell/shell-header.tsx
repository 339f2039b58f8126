import { Button, Layout } from 'antd';
import { useTranslation } from 'react-i18next';
import { MenuOutlined } from '../icons.tsx';
import { Link } from '../router/link.tsx';
import { useSession } from '../session/use-session.ts';
import mark from '../theme/mark.svg';
import { AccountMenu } from './account-menu.tsx';
import { AppearanceSwitch } from './appearance-switch.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import styles from './shell.module.css';

/** Whose house this is, and the settings of the person in it. `onMenu` on narrow screens. */
export function ShellHeader({ onMenu }: { onMenu?: () => void }) {
  const { t } = useTranslation('web');
  const { brand } = useSession();
  return (
    <Layout.Header className={styles.header}>
      {onMenu && (
        <Button type="text" icon={<MenuOutlined />} aria-label={t('shell.openMenu')} onClick={onMenu} />
      )}
      <Link to="/" className={styles.brand}>
        <img src={mark} alt="" />
        <span className={styles.brandName}>{brand.name || t('shell.product')}</span>
        {brand.name && brand.name !== t('shell.product') && <span className={styles.product}>{t('shell.product')}</span>}
      </Link>
      <span className={styles.grow} />
      <LanguageSwitch />
      <AppearanceSwitch />
      <AccountMenu />
    </Layout.Header>
  );
}
