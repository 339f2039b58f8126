import type { TFunction } from 'i18next';
import { currentLocale } from '../i18n/language.ts';
import { ApiProblem } from './api-problem.ts';

const byStatus: Record<number, string> = {
  0: 'web:error.unreachable',
  401: 'web:error.signedOut',
  403: 'web:error.forbidden',
  404: 'web:error.notFound',
  413: 'web:error.tooLarge',
  429: 'web:error.tooMany',
};

/** What is said of fields at once; more is found at the next try. */
const mostSaid = 3;

/** What to tell the reader about a failure: the server's own sentence where there is one, and of input what is wrong with it, as nothing is marked outside of a form. */
export function sentenceOf(error: unknown, t: TFunction<'web'>): string {
  if (!(error instanceof ApiProblem)) return t('web:error.unexpected');
  const said = [...new Set(error.fields.flatMap(({ message }) => message ?? []))].slice(0, mostSaid);
  if (error.code === 'platform.invalid_input' && said.length > 0) return t('web:error.invalid', { what: said.join(currentLocale() === 'en' ? ' ' : '；') });
  return error.message || t(byStatus[error.status] ?? 'web:error.server');
}
