import { Menu, type MenuProps } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigation } from '../pages.ts';
import { Link } from '../router/link.tsx';
import { usePathname } from '../router/location.ts';
import { allows, useSession } from '../session/use-session.ts';
import { activeEntry, menuFor } from './menu-entries.ts';
import { sectionIcons } from './section-icons.tsx';

/** The parts of the work that this person may see, the one of the open page unfolded; a section of one line is that line. */
export function SideMenu({ onChosen }: { onChosen?: () => void }) {
  const { t } = useTranslation('web');
  const session = useSession();
  const pathname = usePathname();
  const menu = useMemo(() => menuFor(navigation, (permission) => allows(session, permission)), [session]);
  const active = activeEntry(menu, pathname);
  const [open, setOpen] = useState<string[]>([]);
  useEffect(() => setOpen(active ? [active.section] : []), [active?.section]);
  const items: MenuProps['items'] = menu.map(({ section, entries }) => {
    const label = t(`section.${section}`);
    const icon = sectionIcons[section];
    if (entries.length === 1)
      return { key: entries[0].to, icon, label: <Link to={entries[0].to}>{label}</Link> };
    const children = entries.map((entry) => ({
      key: entry.to,
      label: <Link to={entry.to}>{t(entry.label)}</Link>,
    }));
    return { key: section, icon, label, children };
  });
  return (
    <nav aria-label={t('shell.menu')}>
      <Menu
        mode="inline"
        items={items}
        selectedKeys={active ? [active.to] : []}
        openKeys={open}
        onOpenChange={setOpen}
        onClick={() => onChosen?.()}
      />
    </nav>
  );
}
