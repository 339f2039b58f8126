import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as OpenCC from 'opencc-js';
import { messageFolders } from '../src/platform/i18n.ts';

const convert = OpenCC.Converter({ from: 'cn', to: 'twp' });

/** Words that the general conversion gives otherwise than Taiwan's marketing trade says them. */
const trade: [RegExp, string][] = [
  [/使用者/g, '用戶'],
  [/賬號/g, '帳號'],
  [/賬戶/g, '帳戶'],
  [/質量/g, '品質'],
  [/復購/g, '回購'],
  [/郵箱/g, '電子信箱'],
  [/點選/g, '點擊'],
  [/退出登入/g, '登出'],
];

/** Simplified Chinese as it is written in Taiwan; `{{placeholders}}` stay as they are. */
export const traditional = (text: string): string =>
  text.split(/(\{\{[^}]*\}\})/).map((part, i) => (i % 2 === 1 ? part : trade.reduce((t, [from, to]) => t.replace(from, to), convert(part)))).join('');

/** The zh-TW catalogue of a zh-CN one. */
export function traditionalCatalogue(catalogue: object): object {
  return Object.fromEntries(Object.entries(catalogue).map(([key, value]) => [
    key,
    typeof value === 'string' ? traditional(value) : traditionalCatalogue(value as object),
  ]));
}

/** The text of a folder's zh-TW file, made from its zh-CN file. */
export const traditionalFile = (folder: string): string =>
  `${JSON.stringify(traditionalCatalogue(JSON.parse(readFileSync(join(folder, 'zh-CN.json'), 'utf8')) as object), null, 2)}\n`;

// `npm run messages` writes them all.
if (import.meta.main) {
  for (const { namespace, folder } of messageFolders()) {
    if (!existsSync(join(folder, 'zh-CN.json'))) continue;
    writeFileSync(join(folder, 'zh-TW.json'), traditionalFile(folder));
    console.log(`${namespace}: zh-TW.json`);
  }
}
