import type { ConfigProviderProps } from 'antd';
import type { Locale } from '../../kernel/locale.ts';

type AntdLocale = NonNullable<ConfigProviderProps['locale']>;
type Module = { default: AntdLocale | { default: AntdLocale } };

const loaders: Record<Locale, () => Promise<Module>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN.js'),
  'zh-TW': () => import('antd/es/locale/zh_TW.js'),
  en: () => import('antd/es/locale/en_US.js'),
};

const loaded = new Map<Locale, AntdLocale>();

/** Loads the component library's own texts in a language. */
export async function loadAntdLocale(locale: Locale): Promise<void> {
  const { default: found } = await loaders[locale]();
  // Its types call these files CommonJS, the bundler ES modules: both forms are read.
  loaded.set(locale, 'default' in found ? found.default : found);
}

/** The component library's texts, once loaded. */
export const antdLocale = (locale: Locale): AntdLocale | undefined => loaded.get(locale);
