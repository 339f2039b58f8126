import { useTranslation } from 'react-i18next';
import { NarrowingFigure, useFormat } from '../../../../web/kit.ts';
import type { DraftGroup } from '../rule/draft.ts';
import type { Builder } from './builder.ts';

/** How a part of a group narrows it: how many are left, and of how many. */
export function PartFigure({ builder, group, index }: { builder: Builder; group: DraftGroup; index: number }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const { figures, base } = builder;
  const figure = figures.get(group.parts[index].id);
  if (!figure || base === null) return null;
  const earlier = group.parts.slice(0, index).findLast((part) => figures.has(part.id));
  const before = earlier ? (figures.get(earlier.id)?.after ?? base) : group.match === 'any' ? 0 : base;
  const alone = t('web.figure.alone', { shown: format.number(figure.size) });
  const note = group.match === 'any'
    ? t('web.figure.added', { shown: format.number(figure.after - before) })
    : t('web.figure.kept', { share: format.percent(before === 0 ? 0 : figure.after / before) });
  return <NarrowingFigure value={format.number(figure.after)} share={base === 0 ? 0 : figure.after / base} note={note} hint={alone} isOld={builder.isOld} />;
}
