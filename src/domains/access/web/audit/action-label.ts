import type { TFunction } from 'i18next';

/** An action in words, from the messages of its domain; its own name where there are none. */
export function actionLabel(action: string, t: TFunction): string {
  const [domain, ...verb] = action.split('.');
  return t(`${domain}:audit.${verb.join('.')}`, { defaultValue: action });
}
