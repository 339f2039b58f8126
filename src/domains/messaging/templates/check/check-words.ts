import type { CheckSettings } from '../../contract.ts';
import { splitLiquid } from '../compile/liquid-parts.ts';
import { type Finding, wrong } from './finding.ts';
import type { Written } from './written.ts';

const shownKinds: ReadonlySet<Written['kind']> = new Set(['words', 'line', 'variable']);

/** Claims that the law forbids, wherever people read them; each once a text. What holds one and is allowed is taken out first. */
export function checkWords(texts: readonly Written[], { forbidden, allowed }: Pick<CheckSettings, 'forbidden' | 'allowed'>): Finding[] {
  return texts.filter(({ kind }) => shownKinds.has(kind)).flatMap(({ path, text }) => {
    const fine = [...allowed].sort((a, b) => b.length - a.length).reduce((rest, phrase) => rest.replaceAll(phrase, '\n'), plainPart(text));
    return forbidden.filter((word) => fine.toLowerCase().includes(word.toLowerCase())).map((word) => wrong(path, 'forbidden_word', { word }));
  });
}

/** The words without Liquid and without what may be put between characters to hide one. */
const plainPart = (text: string): string => safeParts(text).replace(/[\s*·•.。_-]+/g, '');

function safeParts(text: string): string {
  try {
    return splitLiquid(text).map(({ isLiquid, text: part }) => (isLiquid ? '\u0000' : part)).join('');
  } catch {
    return text;
  }
}
