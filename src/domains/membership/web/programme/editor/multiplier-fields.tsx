import { useTranslation } from 'react-i18next';
import { Button, Form, InlineControls, InlineWord, InputNumber, Section, Select, Stack } from '../../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import type { ProgrammeDefinition } from '../../../contract.ts';
import styles from '../programme.module.css';
import { freeKey } from './draft.ts';
import { type Controlled, NamesInput } from './inputs.tsx';
import { WhenField } from './when-field.tsx';

/** When there are more points than usual. */
export function MultiplierFields({ definition, channels }: { definition: ProgrammeDefinition; channels: readonly string[] }) {
  const { t } = useTranslation('membership');
  const { tiers, points: { multipliers } } = definition;
  const added = () => ({ key: freeKey('bonus', multipliers.map(({ key }) => key)), names: {}, when: { kind: 'birthday', span: 'month' }, factor: '2' });
  return (
    <Section title={t('design.section.multipliers')}>
      <Form.List name={['points', 'multipliers']}>
        {(fields, { add, remove }) => (
          <Stack>
            {fields.map(({ key, name }) => (
              <div key={key} className={styles.tierCard}>
                <div className={styles.fields}>
                  <Form.Item name={[name, 'names']} label={t('design.field.name')}><NamesInput /></Form.Item>
                  <div>
                    <Form.Item name={[name, 'when']} label={t('design.field.when')}><WhenField tiers={tiers} channels={channels} /></Form.Item>
                    <Form.Item label={t('design.field.factor')}>
                      <InlineControls>
                        <InlineWord>×</InlineWord>
                        <Form.Item name={[name, 'factor']} noStyle><FactorInput /></Form.Item>
                        <Button type="text" icon={<DeleteOutlined />} aria-label={t('design.field.removeMultiplier')} onClick={() => remove(name)} />
                      </InlineControls>
                    </Form.Item>
                  </div>
                </div>
              </div>
            ))}
            <div><Button icon={<PlusOutlined />} disabled={fields.length >= 50} onClick={() => add(added())}>{t('design.field.addMultiplier')}</Button></div>
          </Stack>
        )}
      </Form.List>
      {multipliers.length > 1 && <Form.Item name={['points', 'combine']} label={t('design.field.combine')}><Select options={(['highest', 'product'] as const).map((value) => ({ value, label: t(`design.combine.${value}`) }))} /></Form.Item>}
    </Section>
  );
}

function FactorInput({ value, onChange }: Controlled<string>) {
  const { t } = useTranslation('membership');
  return <InputNumber<string> aria-label={t('design.field.factor')} stringMode min="0" value={value} onChange={(next) => onChange?.(next ?? '')} />;
}
