import type { Locale } from '../../../../kernel/locale.ts';

/** Colours of every form of a document, on white paper. */
export const colours = { text: '1F2A24', soft: '5B6761', rule: 'D5DCD8', accent: '1B6B4A', fill: 'F2F6F4' };

/** Fonts that a reader's word processor has, for Latin and for Chinese letters. */
export const officeFonts: Record<Locale, { latin: string; chinese: string }> = {
  'zh-CN': { latin: 'Microsoft YaHei', chinese: 'Microsoft YaHei' },
  'zh-TW': { latin: 'Microsoft JhengHei', chinese: 'Microsoft JhengHei' },
  en: { latin: 'Calibri', chinese: 'Microsoft YaHei' },
};

/** Shares of a width, which add up to it. */
export function widthsOf(shares: readonly number[], width: number): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const edges = shares.map((_, n) => Math.round((width * shares.slice(0, n + 1).reduce((sum, share) => sum + share, 0)) / total));
  return edges.map((edge, n) => edge - (edges[n - 1] ?? 0));
}
