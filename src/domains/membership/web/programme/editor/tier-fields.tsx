import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, CardBoard, Checkbox, Form, Section, Select, Stack } from '../../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import type { ProgrammeDefinition, Tier } from '../../../contract.ts';
import styles from '../programme.module.css';
import { TierIcon } from '../tier-icon.tsx';
import { TierTag } from '../tier-tag.tsx';
import { freeKey } from './draft.ts';
import { type Controlled, CountInput, NamesInput } from './inputs.tsx';

const icons = ['seedling', 'leaf', 'flower', 'tree', 'star', 'medal', 'crown', 'gem'] as const;
const colors = ['#8fb573', '#3f8f5f', '#c05a86', '#a8791c', '#4f7cac', '#7a5ba8'];

/** The tiers from the lowest to the highest: dragged into their order, or moved with the arrow keys. */
export function TierFields({ definition, canOwe }: { definition: ProgrammeDefinition; canOwe: boolean }) {
  const { t } = useTranslation('membership');
  const { tiers } = definition;
  const added = (): Tier => ({
    key: freeKey('tier', tiers.map(({ key }) => key)), names: {}, color: colors[tiers.length % colors.length], icon: icons[tiers.length % icons.length],
    entry: Math.max(...tiers.map(({ entry }) => entry), 0) * 2 || 1_000, keep: null, debtLimit: 0,
  });
  return (
    <Section title={t('design.section.tiers')}>
      <Form.List name="tiers">
        {(fields, { add, remove, move }) => (
          <Stack>
            <CardBoard
              cards={fields.map(({ key, name }) => ({
                key: String(key),
                isWide: true,
                render: (handle: ReactNode) => <TierCard at={name} tier={tiers[name]} canOwe={canOwe} handle={handle} onRemove={tiers.length > 1 ? () => remove(name) : undefined} />,
              }))}
              onOrder={(keys) => {
                const order = fields.map(({ key }) => String(key));
                const from = order.findIndex((key, at) => keys.indexOf(key) !== at && order.filter((other) => other !== key).join() === keys.filter((other) => other !== key).join());
                if (from >= 0) move(from, keys.indexOf(order[from]));
              }}
            />
            <div><Button icon={<PlusOutlined />} disabled={tiers.length >= 20} onClick={() => add(added())}>{t('design.field.addTier')}</Button></div>
          </Stack>
        )}
      </Form.List>
    </Section>
  );
}

function TierCard({ at, tier, canOwe, handle, onRemove }: { at: number; tier: Tier | undefined; canOwe: boolean; handle: ReactNode; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation('membership');
  if (!tier) return null;
  return (
    <div className={styles.tierCard} style={{ borderInlineStartColor: tier.color }}>
      <div className={styles.cardHead}>
        {handle}
        <TierTag tier={tier} />
        {onRemove && <Button type="text" icon={<DeleteOutlined />} aria-label={t('design.field.removeTier')} onClick={onRemove} />}
      </div>
      <div className={styles.fields}>
        <Form.Item name={[at, 'names']} label={t('design.field.name')}><NamesInput /></Form.Item>
        <div>
          <Form.Item label={t('design.field.look')}>
            <div className={styles.tierRow}>
              <Form.Item name={[at, 'color']} noStyle><ColorInput /></Form.Item>
              <Form.Item name={[at, 'icon']} noStyle><Select aria-label={t('design.field.icon')} popupMatchSelectWidth={false} options={icons.map((value) => ({ value, label: <><TierIcon icon={value} /> {t(`programme.says.icon.${value}`)}</> }))} /></Form.Item>
            </div>
          </Form.Item>
          {canOwe && <Form.Item name={[at, 'debtLimit']} label={t('design.field.debtLimit')}><CountInput unit={t('design.unit.points')} /></Form.Item>}
        </div>
        <div>
          {at === 0 && tier.entry === 0 ? <p className={styles.quiet}>{t('design.byJoining')}</p> : <Form.Item name={[at, 'entry']} label={t('design.field.entry')}><CountInput unit={t('design.unit.growth')} /></Form.Item>}
          {(at > 0 || tier.keep !== null) && <Form.Item name={[at, 'keep']} label={t('design.field.keep')}><KeepInput entry={tier.entry} /></Form.Item>}
        </div>
      </div>
    </div>
  );
}

function ColorInput({ value, onChange }: Controlled<string>) {
  const { t } = useTranslation('membership');
  return <input type="color" className={styles.color} aria-label={t('design.field.color')} value={value} onChange={(event) => onChange?.(event.target.value)} />;
}

/** How much it takes to keep a tier, or that it is kept for good. */
function KeepInput({ value, onChange, entry }: Controlled<number | null> & { entry: number }) {
  const { t } = useTranslation('membership');
  return (
    <div className={styles.tierRow}>
      <Checkbox checked={value === null} onChange={(event) => onChange?.(event.target.checked ? null : entry)}>{t('design.forGood')}</Checkbox>
      {value !== null && <CountInput value={value ?? null} label={t('design.field.keep')} unit={t('design.unit.growth')} onChange={(next) => onChange?.(next ?? 0)} />}
    </div>
  );
}
