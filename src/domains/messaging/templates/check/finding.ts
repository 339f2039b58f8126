/** A parameter of a finding's sentence: as it is, or `{ message }`, the name of a field of ours. */
export type FindingParam = string | number | { message: string };

/** Something about words that somebody should know, with the place where it stands: `locales.zh-CN.blocks.2.text`. */
export interface Finding {
  path: string;
  level: 'wrong' | 'hint';
  key: string;
  params: Record<string, FindingParam>;
}

const made = (level: Finding['level']) => (path: string, key: string, params: Finding['params'] = {}): Finding => ({ path, level, key, params });
export const wrong = made('wrong');
export const hint = made('hint');

/** A finding where something holds. */
export const when = (holds: boolean, finding: () => Finding): Finding[] => (holds ? [finding()] : []);
