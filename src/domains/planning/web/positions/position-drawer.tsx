import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, DescriptionList, Drawer, Flex, Tag, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { DeleteOutlined, EditOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { listPositionRoles } from '../../contract.ts';
import { type PlanItem, useItemActions } from '../frame/use-items.tsx';
import type { AssignmentItem, DutyItem, PositionItem, ResponsibilityItem } from './chart-rules.ts';
import styles from './positions.module.css';
import { AssignmentForm, CostForm } from './small-forms.tsx';
import { TakeJobs } from './take-jobs.tsx';

export interface PositionDrawerProps {
  planNo: number;
  position: PositionItem;
  positions: PositionItem[];
  assignments: AssignmentItem[];
  duties: DutyItem[];
  parts: ResponsibilityItem[];
  costs: PlanItem<'position_cost'>[];
  day: string;
  onEdit: () => void;
  onClose: () => void;
}

type Form = { kind: 'assignment'; item: AssignmentItem | null } | { kind: 'cost'; item: PlanItem<'position_cost'> | null };

/** A job description, who fills it and, for who may see it, what it costs. */
export function PositionDrawer({ planNo, position: { itemNo, body }, positions, assignments, duties, parts, costs, day, onEdit, onClose }: PositionDrawerProps) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const maySeeCost = useMay('planning.people');
  const actions = useItemActions(planNo);
  const [form, setForm] = useState<Form | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const role = (useEndpoint(listPositionRoles).data?.roles ?? []).find(({ roleId }) => roleId === body.roleId);
  const nameOf = (no: number | null): string | null => positions.find((each) => each.itemNo === no)?.body.name ?? null;
  const span = (from: string, to: string | null): string => `${format.date(from)} – ${to === null ? '' : format.date(to)}`;
  const own = duties.map((duty) => ({ duty, letters: parts.filter(({ parentNo, body: part }) => parentNo === duty.itemNo && part.positionNo === itemNo).map((part) => part.body.letter) })).filter(({ letters }) => letters.length > 0);
  const remove = (no: number): void => void actions.remove(no).catch(() => undefined);
  const line = (key: number, text: ReactNode, edit: () => void) => (
    <Flex key={key} align="center" gap="small">
      <span style={{ flex: 1 }}>{text}</span>
      {mayEdit && <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('positions.change')} onClick={edit} />}
      {mayEdit && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('positions.takeOut')} onClick={() => remove(key)} />}
    </Flex>
  );
  const list = (title: string, lines: readonly string[]) => lines.length > 0 && <><h4>{title}</h4><ul>{lines.map((each) => <li key={each}>{each}</li>)}</ul></>;
  return (
    <Drawer open onClose={onClose} title={body.name} size={640} extra={<Flex gap="small" wrap><TakeJobs planNo={planNo} positionNo={itemNo} />{mayEdit && <><Button icon={<EditOutlined />} onClick={onEdit}>{t('positions.change')}</Button><Button danger onClick={() => setRemoving(true)}>{t('positions.takeOut')}</Button></>}</Flex>}>
      <div className={styles.job}>
        <DescriptionList columns={2} items={[
          { label: t('positions.department'), value: body.department || null }, { label: t('positions.reportsTo'), value: nameOf(body.reportsToNo) },
          { label: t('positions.time'), value: span(body.opens, body.closes) }, { label: t('positions.headcount'), value: format.number(body.headcount) },
          ...(body.becomesNo === null ? [] : [{ label: t('positions.becomes'), value: nameOf(body.becomesNo) }]),
          ...(role ? [{ label: t('positions.role'), value: role.key === null ? role.name : t(`access:role.${role.key}`) }] : []),
        ]} />
        {body.purpose && <><h4>{t('positions.purpose')}</h4><p style={{ whiteSpace: 'pre-wrap', margin: 0 }}>{body.purpose}</p></>}
        <h4>{t('positions.duties')}</h4>
        {own.length === 0 ? <span className={styles.quiet}>{t('positions.noDuties')}</span> : <ul>{own.map(({ duty, letters }) => <li key={duty.itemNo}>{duty.body.name} {letters.map((letter) => <Tag key={letter} title={t(`positions.letters.${letter}`)}>{letter}</Tag>)}</li>)}</ul>}
        {list(t('positions.skills'), body.skills)}
        {list(t('positions.kpi'), body.kpi)}
        <h4>{t('positions.people')}</h4>
        {assignments.filter(({ parentNo }) => parentNo === itemNo).map((each) => line(each.itemNo, `${each.body.person.staffId === null ? t('projects.withoutAccount', { name: each.body.person.name }) : each.body.person.name} · ${format.percent(each.body.sharePercent / 100, 0)} · ${span(each.body.from, each.body.to)}`, () => setForm({ kind: 'assignment', item: each })))}
        {mayEdit && <Button size="small" icon={<PlusOutlined />} onClick={() => setForm({ kind: 'assignment', item: null })}>{t('positions.assign')}</Button>}
        {maySeeCost && (
          <>
            <h4>{t('positions.cost')}</h4>
            {costs.map((each) => line(each.itemNo, `${t('positions.costLine', { day: format.date(each.body.from), amount: format.money(each.body.monthly) })}${each.body.source && ` · ${each.body.source}`}`, () => setForm({ kind: 'cost', item: each })))}
            {mayEdit && <Button size="small" icon={<PlusOutlined />} onClick={() => setForm({ kind: 'cost', item: null })}>{t('positions.addCost')}</Button>}
          </>
        )}
      </div>
      {form?.kind === 'assignment' && <AssignmentForm planNo={planNo} positionNo={itemNo} item={form.item} from={day > body.opens ? day : body.opens} onClose={() => setForm(null)} />}
      {form?.kind === 'cost' && <CostForm planNo={planNo} positionNo={itemNo} item={form.item} from={body.opens} onClose={() => setForm(null)} />}
      <ConfirmDanger
        open={isRemoving} title={t('positions.removeTitle', { name: body.name })} touches={[t('positions.removeTouches')]} confirmLabel={t('positions.takeOut')} busy={actions.isBusy} onCancel={() => setRemoving(false)}
        onConfirm={() => void actions.remove(itemNo).then(onClose, () => setRemoving(false))}
      />
    </Drawer>
  );
}
