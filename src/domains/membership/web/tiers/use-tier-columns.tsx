import { useTranslation } from 'react-i18next';
import { type Column, useFormat } from '../../../../web/kit.ts';
import type { TierGroup, TierPerson } from '../../contract.ts';
import { TierBadge } from '../members/tier-badge.tsx';
import { useMemberName } from '../use-member-name.ts';

/** The columns that say why somebody is in a group. */
export function useTierColumns(group: TierGroup): Column<TierPerson>[] {
  const { t } = useTranslation('membership');
  const nameOf = useMemberName();
  const format = useFormat();
  const title = (key: string): { key: string; title: string } => ({ key, title: t(`tiers.column.${key}`) });
  const date = (key: 'expectedAt' | 'reviewAt' | 'graceUntil' | 'awaitingSince'): Column<TierPerson> => ({ ...title(key), render: (row) => format.date(row[key]) });
  const growth = (key: 'toNext' | 'toKeep'): Column<TierPerson> => ({ ...title(key), numeric: true, render: (row) => format.number(row[key] ?? 0) });
  const member: Column<TierPerson> = { ...title('member'), render: nameOf };
  const tier: Column<TierPerson> = { ...title('tier'), render: (row) => <TierBadge tier={row.tier} /> };
  const drop: Column<TierPerson> = { ...title('dropsTo'), render: ({ dropsTo }) => (dropsTo ? <TierBadge tier={dropsTo} /> : '') };
  switch (group) {
    case 'near':
    case 'soon': return [member, tier, growth('toNext'), date('expectedAt')];
    case 'falling': return [member, tier, growth('toKeep'), date('reviewAt')];
    case 'grace': return [member, tier, growth('toKeep'), date('graceUntil')];
    case 'awaiting': return [member, tier, drop, growth('toKeep'), date('awaitingSince')];
  }
}
