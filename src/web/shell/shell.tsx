import { Outlet } from '@tanstack/react-router';
import { Drawer, Grid, Layout } from 'antd';
import { Suspense, useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageSkeleton } from '../patterns/page-skeleton.tsx';
import { useNavigateTo, usePathname } from '../router/location.ts';
import { signInAddress } from '../router/return-address.ts';
import { useSession } from '../session/use-session.ts';
import { ShellHeader } from './shell-header.tsx';
import { SideMenu } from './side-menu.tsx';
import styles from './shell.module.css';

const siderWidthPx = 224;

/** What surrounds every page of someone who is signed in. */
export function Shell() {
  const { t } = useTranslation('web');
  const { actor } = useSession();
  const navigate = useNavigateTo();
  const pathname = usePathname();
  const isWide = Grid.useBreakpoint().lg ?? window.innerWidth >= 992;
  // The frame is painted first; the page, which may be heavy, right after it.
  const isFramed = useDeferredValue(true, false);
  const [drawerOpen, setDrawerOpen] = useState(false);
  useEffect(() => {
    if (actor) return;
    navigate(signInAddress(window.location.pathname + window.location.search), { replace: true });
  }, [actor, navigate]);
  useEffect(() => setDrawerOpen(false), [pathname]);
  if (!actor) return <PageSkeleton />;
  return (
    <Layout className={styles.layout}>
      <a className={styles.skip} href="#page">
        {t('shell.skip')}
      </a>
      <ShellHeader {...(isWide ? {} : { onMenu: () => setDrawerOpen(true) })} />
      <Layout hasSider={isWide}>
        {isWide && (
          <Layout.Sider className={styles.sider} width={siderWidthPx} theme="light">
            <SideMenu />
          </Layout.Sider>
        )}
        <Drawer
          open={drawerOpen && !isWide}
          onClose={() => setDrawerOpen(false)}
          placement="left"
          size={siderWidthPx + 48}
          title={t('shell.menu')}
          styles={{ body: { padding: 0 } }}
        >
          <SideMenu onChosen={() => setDrawerOpen(false)} />
        </Drawer>
        <Layout.Content id="page" className={styles.content} tabIndex={-1}>
          <div className={styles.page}>
            <Suspense fallback={<PageSkeleton />}>
              {isFramed ? <Outlet /> : <PageSkeleton />}
            </Suspense>
          </div>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}
