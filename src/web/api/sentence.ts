import type { TFunction } from 'i18next';
import { ApiProblem } from './api-problem.ts';

const byStatus: Record<number, string> = {
  0: 'error.unreachable',
  401: 'error.signedOut',
  403: 'error.forbidden',
  404: 'error.notFound',
  413: 'error.tooLarge',
  429: 'error.tooMany',
};

/** What to tell the reader about a failure: the server's own sentence where there is one. */
export function sentenceOf(error: unknown, t: TFunction<'web'>): string {
  if (!(error instanceof ApiProblem)) return t('error.unexpected');
  return error.message || t(byStatus[error.status] ?? 'error.server');
}
