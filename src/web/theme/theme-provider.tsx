import { App, ConfigProvider } from 'antd';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { antdLocale } from '../i18n/antd-locale.ts';
import { currentLocale } from '../i18n/language.ts';
import { useIsDark, useIsStill } from './appearance.ts';
import { themeFor } from './theme.ts';

/** Gives every component the theme and its own texts in the reader's language. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  // Follows a change of language; the texts themselves are loaded before it happens.
  useTranslation();
  const isDark = useIsDark();
  const isStill = useIsStill();
  const theme = useMemo(() => themeFor(isDark, isStill), [isDark, isStill]);
  const locale = antdLocale(currentLocale());
  useEffect(() => {
    document.documentElement.dataset.appearance = isDark ? 'dark' : 'light';
  }, [isDark]);
  return (
    <ConfigProvider theme={theme} button={{ autoInsertSpace: false }} {...(locale ? { locale } : {})}>
      <App component={false} notification={{ placement: 'bottomRight' }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
