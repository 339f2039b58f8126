import { useTranslation } from 'react-i18next';
import { currentLocale, Table, useFormat } from '../../../../web/kit.ts';
import { nameIn, type TrialResult } from '../../contract.ts';

const points = ['earned', 'takenBack', 'spent', 'uncovered', 'expired', 'outstanding'] as const;

interface Row {
  key: string;
  label: string;
  draft: number | null;
  present: number | null;
  real: number | null;
}

const sides = ['draft', 'present', 'real'] as const;

/** The version that is tried; unless it stands alone, the one in force reckoned alike, and what is written down. */
export function SidesTable({ result: { draft, present, real }, isAlone }: { result: TrialResult; isAlone: boolean }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const keys = [...new Set([...present.tiers, ...draft.tiers].map(({ key }) => key))];
  const nameOf = (key: string): string => nameIn([...draft.tiers, ...present.tiers].find((tier) => tier.key === key)?.names ?? {}, currentLocale());
  const membersOf = (tiers: readonly { key: string; members: number }[], key: string): number | null => tiers.find((tier) => tier.key === key)?.members ?? null;
  const rows: Row[] = [
    { key: 'members', label: t('trial.row.members'), draft: draft.members, present: present.members, real: real.members },
    ...keys.map((key) => ({ key: `tier-${key}`, label: nameOf(key), draft: membersOf(draft.tiers, key), present: membersOf(present.tiers, key), real: membersOf(real.tiers, key) })),
    ...points.map((row) => ({ key: row, label: t(`trial.row.${row}`), draft: draft[row], present: present[row], real: row === 'uncovered' ? null : real[row] })),
  ];
  const shown = (side: (typeof sides)[number]) => (_: unknown, row: Row) => (row[side] === null ? '–' : format.number(row[side]));
  return (
    <Table
      size="small" rowKey="key" dataSource={rows} pagination={false} scroll={{ x: 520 }}
      columns={[
        { title: '', dataIndex: 'label' },
        ...(isAlone ? sides.slice(0, 1) : sides).map((side) => ({ key: side, title: t(`trial.${side}`), align: 'right' as const, render: shown(side) })),
      ]}
    />
  );
}
