import type { Locale } from '../../../../kernel/locale.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { TemplateFinding } from '../../contract.ts';
import type { Finding, FindingParam } from './finding.ts';

/** Findings as sentences for who reads them. */
export const toldFindings = (say: Say, locale: Locale, findings: readonly Finding[]): TemplateFinding[] => {
  const told = (param: FindingParam): string | number => {
    if (typeof param !== 'object') return param;
    const [namespace, ...key] = param.message.split(':');
    return say(locale, namespace, key.join(':'));
  };
  return findings.map(({ path, level, key, params }) => ({
    path, level, text: say(locale, 'messaging', `finding.${key}`, Object.fromEntries(Object.entries(params).map(([name, param]) => [name, told(param)]))),
  }));
};

/** A Problem with each thing that is wrong at its place; nothing where nothing is. */
export function refuseWrong(say: Say, locale: Locale, findings: readonly Finding[]): void {
  const wrong = toldFindings(say, locale, findings.filter(({ level }) => level === 'wrong'));
  if (wrong.length === 0) return;
  throw new Problem('messaging.template_wrong', { params: { first: wrong[0].text }, fields: wrong.map(({ path, text }) => ({ path: `body.content.${path}`, code: 'wrong', message: text })) });
}
