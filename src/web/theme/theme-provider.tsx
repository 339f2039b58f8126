import { App, ConfigProvider, type ConfigProviderProps } from 'antd';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { antdLocaleOf } from '../i18n/antd-locale.ts';
import { currentLocale } from '../i18n/language.ts';
import { useIsDark } from './appearance.ts';
import { themeFor } from './theme.ts';

/** Gives every component the theme and its own texts in the reader's language. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const isDark = useIsDark();
  const theme = useMemo(() => themeFor(isDark), [isDark]);
  const [locale, setLocale] = useState<ConfigProviderProps['locale']>();
  useEffect(() => {
    let wanted = true;
    void antdLocaleOf(currentLocale()).then((loaded) => wanted && setLocale(loaded));
    return () => {
      wanted = false;
    };
  }, [i18n.language]);
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
