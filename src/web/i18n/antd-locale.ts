import type { ConfigProviderProps } from 'antd';
import type { Locale } from '../../kernel/locale.ts';

type AntdLocale = NonNullable<ConfigProviderProps['locale']>;
type Module = { default: AntdLocale | { default: AntdLocale } };

const loaders: Record<Locale, () => Promise<Module>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN.js'),
  'zh-TW': () => import('antd/es/locale/zh_TW.js'),
  en: () => import('antd/es/locale/en_US.js'),
};

/** The component library's own texts. */
export async function antdLocaleOf(locale: Locale): Promise<AntdLocale> {
  const { default: loaded } = await loaders[locale]();
  // Its types call these files CommonJS, the bundler ES modules: both forms are read.
  return 'default' in loaded ? loaded.default : loaded;
}
