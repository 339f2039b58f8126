import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Loaded, Tag, useMay } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { sorted, useItems } from '../frame/use-items.tsx';
import { TemplateForm, type TemplateItem } from '../kpi/template-form.tsx';
import { usePartText } from '../kpi/use-part-text.ts';
import styles from './start.module.css';

/** Scorecards, a line each: what they score and what each part weighs. */
export function CardLines({ planNo }: { planNo: number }) {
  const { t } = useTranslation('planning');
  const text = usePartText();
  const mayEdit = useMay('planning.edit');
  const [edited, setEdited] = useState<TemplateItem | 'new' | null>(null);
  return (
    <Loaded from={useItems(planNo, ['scorecard'])}>
      {(data) => (
        <Flex vertical gap={12}>
          {sorted<'scorecard'>(data).of('scorecard').map((item) => (
            <div key={item.itemNo} className={styles.line}>
              <div>
                <strong>{item.body.name}</strong>
                <Flex gap={4} wrap>{item.body.parts.map((part) => <Tag key={part.key} title={`${text.what(part)} · ${text.curve(part)}`}>{t('start.partWeight', { name: part.name, weight: part.weight })}</Tag>)}</Flex>
              </div>
              {mayEdit && <Button size="small" onClick={() => setEdited(item)}>{t('start.edit')}</Button>}
            </div>
          ))}
          {mayEdit && <div><Button icon={<PlusOutlined />} onClick={() => setEdited('new')}>{t('kpi.newTemplate')}</Button></div>}
          {edited && <TemplateForm planNo={planNo} item={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
        </Flex>
      )}
    </Loaded>
  );
}
