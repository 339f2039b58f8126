import type { OutboundReply } from '../../../platform/outbound/outbound.ts';

/** What is said to a group: plain words. None of it is taken for markup. */
export interface RobotMessage {
  title: string;
  lines: string[];
  link: { text: string; href: string } | null;
}

/** How to reach a robot. The address holds its key. */
export interface RobotAddress {
  url: string;
  secret: string | null;
}

/** What a provider's answer means: `slow` is to be said again later, `refused` never by the same settings. */
export type RobotMeaning = { outcome: 'sent' } | { outcome: 'slow' } | { outcome: 'refused'; code: 'robot_signature' | 'robot_keyword' | 'robot_unknown' | 'robot_refused' };
/** What became of a message; a refusal with the provider's own words. */
export type RobotOutcome = Exclude<RobotMeaning, { outcome: 'refused' }> | (Extract<RobotMeaning, { outcome: 'refused' }> & { words: string });

/** One provider's protocol. */
export interface RobotProvider {
  /** Where its robots live, and the beginning of their paths. */
  hosts: readonly string[];
  path: string;
  /** True where messages can be signed. */
  signs: boolean;
  request(address: RobotAddress, message: RobotMessage, now: Date): { url: string; body: unknown };
  /** Providers say by a code within a 200 that nothing was said. */
  outcomeOf(code: number, words: string): RobotMeaning;
  /** The code of its answer. */
  codeIn(answer: Record<string, unknown>): { code: unknown; words: unknown };
}

/** What an answer of a provider means. */
export function readAnswer(provider: RobotProvider, { status, text }: OutboundReply): RobotOutcome {
  if (status === 429 || status >= 500) return { outcome: 'slow' };
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = null;
  }
  const { code, words } = provider.codeIn(typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {});
  if (status === 200 && code === 0) return { outcome: 'sent' };
  const meant = provider.outcomeOf(typeof code === 'number' ? code : -1, typeof words === 'string' ? words : '');
  return meant.outcome === 'refused' ? { ...meant, words: ownWords(code, words) || oneLine(`HTTP ${status} ${text}`) } : meant;
}

const mostWordBytes = 300;

const oneLine = (text: string): string => withinBytes(text.replaceAll(/[\p{C}\s]+/gu, ' ').trim(), mostWordBytes);

/** What a provider said itself, for who looks it up there; nothing where it is no answer of its. */
const ownWords = (code: unknown, words: unknown): string => oneLine([code, words].filter((each) => typeof each === 'string' || typeof each === 'number').join(' '));

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As much of a text as has room, by bytes and without half of what a reader takes for one letter: a family is no lone mother. */
export function withinBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let kept = '';
  let bytes = Buffer.byteLength('…');
  for (const { segment: letter } of letters.segment(text)) {
    bytes += Buffer.byteLength(letter);
    if (bytes > most) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** A message as one plain text. */
export const plainText = ({ title, lines, link }: RobotMessage): string => [title, ...lines, ...(link ? [`${link.text}: ${link.href}`] : [])].join('\n');
