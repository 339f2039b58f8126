import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DesktopOutlined, MoonOutlined, SunOutlined } from '../icons.tsx';
import { type Appearance, appearances, chooseAppearance, useAppearance } from '../theme/appearance.ts';

const icons: Record<Appearance, ReactNode> = {
  system: <DesktopOutlined />,
  light: <SunOutlined />,
  dark: <MoonOutlined />,
};

/** Light, dark, or as the device says. */
export function AppearanceSwitch() {
  const { t } = useTranslation('web');
  const chosen = useAppearance();
  const items = appearances.map((appearance) => ({
    key: appearance,
    icon: icons[appearance],
    label: t(`appearance.${appearance}`),
    onClick: () => chooseAppearance(appearance),
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items, selectedKeys: [chosen] }}>
      <Button type="text" icon={icons[chosen]} aria-label={t('shell.appearance')} />
    </Dropdown>
  );
}
