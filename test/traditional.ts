import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as OpenCC from 'opencc-js';
import { messageFolders } from '../src/platform/i18n.ts';

const planTemplates = join(import.meta.dirname, '..', 'src', 'domains', 'planning', 'templates');
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
  [/許可權/g, '權限'],
  [/當前/g, '目前'],
  [/會話/g, '工作階段'],
  [/運營/g, '營運'],
  [/營銷/g, '行銷'],
  [/只讀/g, '唯讀'],
  [/令牌/g, '權杖'],
  [/吊銷/g, '撤銷'],
  [/物件/g, '對象'],
  [/周(?![邊圍全到年])/g, '週'],
  // A spreadsheet's rows are 列 in Taiwan and its columns 欄; the first must be out of the way of the second.
  [/(?<!命令|[系序排並條下陳名陣])列(?![表出在印為入])/g, '欄'],
  [/首行/g, '首列'],
  [/(?<![執進運銀流試另自並施通換])行(?![為動業程銷政事徑])/g, '列'],
  [/宣告/g, '聲明'],
  [/對映/g, '對應'],
  // A kind of thing, not of a value in a program.
  [/型別/g, '類型'],
  [/計劃/g, '計畫'],
  [/^對應欄$/g, '欄位對應'],
  [/埋點/g, '埋碼'],
  [/打碼/g, '遮罩'],
  [/標識/g, '識別碼'],
  [/手機號(?!碼)/g, '手機號碼'],
  [/用戶名稱下/g, '用戶名下'],
  [/幣種程式碼/g, '幣別代碼'],
  [/幣種/g, '幣別'],
  [/後臺/g, '後台'],
  [/審計日誌/g, '操作日誌'],
  // A program's extension; of an audience it is another word.
  [/擴充套件/g, '擴展'],
  [/(?<=[連另])籤/g, '簽'],
  // Heads of a position, not the making of something.
  [/編製成本/g, '編制成本'],
  [/“/g, '「'],
  [/”/g, '」'],
];

/** Simplified Chinese as it is written in Taiwan; `{{placeholders}}` stay as they are. */
export const traditional = (text: string): string =>
  text.split(/(\{\{[^}]*\}\})/).map((part, i) => (i % 2 === 1 ? part : trade.reduce((t, [from, to]) => t.replace(from, to), convert(part)))).join('');

/** The zh-TW catalogue of a zh-CN one: every text in it, whatever holds it. */
export const traditionalCatalogue = (catalogue: unknown): unknown => {
  if (typeof catalogue === 'string') return traditional(catalogue);
  if (Array.isArray(catalogue)) return catalogue.map(traditionalCatalogue);
  if (typeof catalogue !== 'object' || catalogue === null) return catalogue;
  return Object.fromEntries(Object.entries(catalogue).map(([key, value]) => [key, traditionalCatalogue(value)]));
};

/** The text of a folder's zh-TW file, made from its zh-CN file. */
export const traditionalFile = (folder: string): string =>
  `${JSON.stringify(traditionalCatalogue(JSON.parse(readFileSync(join(folder, 'zh-CN.json'), 'utf8')) as object), null, 2)}\n`;

/** Templates of plans, a folder a language: each zh-CN file with the text of its zh-TW one. */
export const traditionalTemplates = (): { file: string; text: string }[] =>
  readdirSync(join(planTemplates, 'zh-CN')).sort().map((name) => ({ file: join(planTemplates, 'zh-TW', name), text: `${JSON.stringify(traditionalCatalogue(JSON.parse(readFileSync(join(planTemplates, 'zh-CN', name), 'utf8')) as object), null, 2)}\n` }));

// `npm run messages` writes them all.
if (import.meta.main) {
  for (const { file, text } of traditionalTemplates()) writeFileSync(file, text);
  for (const { namespace, folder } of messageFolders()) {
    if (!existsSync(join(folder, 'zh-CN.json'))) continue;
    writeFileSync(join(folder, 'zh-TW.json'), traditionalFile(folder));
    console.log(`${namespace}: zh-TW.json`);
  }
}
