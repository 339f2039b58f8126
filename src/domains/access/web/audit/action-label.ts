import type { TFunction } from 'i18next';

/** An action in words, from the messages of its domain; its own name where there are none. */
export function actionLabel(action: string, t: TFunction): string {
  const [domain, ...verb] = action.split('.');
  return t(`${domain}:audit.${verb.join('.')}`, { defaultValue: action });
}

/** What an action was done to: `staff:5` reads "Account 5" by the messages of the action's domain. */
export function subjectLabel(action: string, subject: string, t: TFunction): string {
  const [kind, ...number] = subject.split(':');
  const label = t(`${action.split('.')[0]}:subject.${kind}`, { defaultValue: kind });
  return [label, ...number].join(' ');
}
