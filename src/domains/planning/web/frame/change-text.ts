import type { TFunction } from 'i18next';
import type { PlanChange } from '../../contract.ts';

/** What was done to what, by its name where it has one, else by the stage, the lane or the program it is of. */
export function changeText(t: TFunction<'planning'>, { kind, itemKind, name, of }: Pick<PlanChange, 'kind' | 'itemKind' | 'name' | 'of'>, programs?: ReadonlyMap<string, string>): string {
  const done = t(`change.${kind}`, { what: t(`kind.${itemKind}`) });
  const called = name ?? (of && (/^(stage|lane):/.test(of) ? t(of.replace(':', '.')) : programs?.get(of)));
  return called ? t('change.named', { done, name: called }) : done;
}
