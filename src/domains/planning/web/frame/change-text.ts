import type { TFunction } from 'i18next';
import type { PlanChange } from '../../contract.ts';

/** What was done to what, by its name where it has one. */
export function changeText(t: TFunction<'planning'>, { kind, itemKind, name }: Pick<PlanChange, 'kind' | 'itemKind' | 'name'>): string {
  const done = t(`change.${kind}`, { what: t(`kind.${itemKind}`) });
  return name === null ? done : t('change.named', { done, name });
}
