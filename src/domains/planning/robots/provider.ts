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

/** What became of a message: `slow` is to be said again later, `refused` never by the same settings. */
export type RobotOutcome = { outcome: 'sent' } | { outcome: 'slow' } | { outcome: 'refused'; code: 'robot_signature' | 'robot_keyword' | 'robot_unknown' | 'robot_refused' };

/** One provider's protocol. */
export interface RobotProvider {
  /** Where its robots live, and the beginning of their paths. */
  hosts: readonly string[];
  path: string;
  /** True where messages can be signed. */
  signs: boolean;
  request(address: RobotAddress, message: RobotMessage, now: Date): { url: string; body: unknown };
  /** Providers say by a code within a 200 that nothing was said. */
  outcomeOf(code: number, words: string): RobotOutcome;
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
    return { outcome: 'refused', code: 'robot_refused' };
  }
  if (typeof answer !== 'object' || answer === null) return { outcome: 'refused', code: 'robot_refused' };
  const { code, words } = provider.codeIn(answer as Record<string, unknown>);
  if (status === 200 && code === 0) return { outcome: 'sent' };
  return provider.outcomeOf(typeof code === 'number' ? code : -1, typeof words === 'string' ? words : '');
}

/** As much of a text as has room, by bytes and without half characters. */
export function withinBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let kept = '';
  let bytes = Buffer.byteLength('…');
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > most) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** A message as one plain text. */
export const plainText = ({ title, lines, link }: RobotMessage): string => [title, ...lines, ...(link ? [`${link.text}: ${link.href}`] : [])].join('\n');
