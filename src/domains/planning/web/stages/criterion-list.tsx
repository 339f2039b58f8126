import { useTranslation } from 'react-i18next';
import { Button, Link, Tag } from '../../../../web/kit.ts';
import { ArrowUpOutlined, DeleteOutlined, EditOutlined } from '../../../../web/icons.tsx';
import type { Criterion } from '../../contract.ts';
import styles from './stages.module.css';
import { useCriterionText } from './use-criterion-text.ts';

const colors = { met: 'success', short: 'warning', no_data: 'default', absent: 'default' } as const;

/** What has to be so for a stage to be over, each with where it is done. */
export function CriterionList({ criteria, onEdit, onRemove, onUp }: { criteria: readonly Criterion[]; onEdit?: (criterion: Criterion) => void; onRemove: (itemNo: number) => void; onUp: (itemNo: number) => void }) {
  const { t } = useTranslation('planning');
  const text = useCriterionText();
  // What the product tells stands in the order in which teams do it; what the team added, in the team's.
  const added = criteria.filter(({ fact }) => fact === null);
  return (
    <ul className={styles.criteria}>
      {criteria.map((criterion) => {
        const { key, itemNo, path, state } = criterion;
        const [name, note] = [text.name(criterion), text.note(criterion)];
        return (
          <li key={key} className={styles.criterion}>
            <div className={styles.what}>
              {path === null ? name : <Link to={path}>{name}</Link>}
              {note && <div className={styles.quiet}>{note}</div>}
            </div>
            <span className={styles.figure}>{text.figure(criterion)}</span>
            <Tag color={colors[state]} className={styles.state}>{t(`stages.states.${state}`)}</Tag>
            {onEdit && (
              <span className={styles.actions}>
                <Button type="text" size="small" icon={<EditOutlined />} aria-label={t(itemNo === null ? 'stages.setOwn' : 'stages.changeCriterion', { name })} title={t(itemNo === null ? 'stages.setOwn' : 'stages.changeCriterion', { name })} onClick={() => onEdit(criterion)} />
                {itemNo !== null && added.findIndex((each) => each.itemNo === itemNo) > 0 && <Button type="text" size="small" icon={<ArrowUpOutlined />} aria-label={t('stages.criterionUp', { name })} title={t('stages.criterionUp', { name })} onClick={() => onUp(itemNo)} />}
                {itemNo !== null && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('stages.removeCriterion', { name })} onClick={() => onRemove(itemNo)} />}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
