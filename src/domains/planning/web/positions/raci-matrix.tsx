import { Fragment, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, EmptyState, Flex, Stack, Tag, useMay } from '../../../../web/kit.ts';
import { EditOutlined, PlusOutlined, TeamOutlined } from '../../../../web/icons.tsx';
import { type RaciLetter, raciLetters, stageKeys } from '../../contract.ts';
import { type PlanItem, useItemActions } from '../frame/use-items.tsx';
import { dutiesBy, type DutyItem, dutyGaps, isThere, type PositionItem, type ResponsibilityItem } from './chart-rules.ts';
import styles from './positions.module.css';
import { DutyForm } from './small-forms.tsx';

export interface RaciMatrixProps {
  planNo: number;
  positions: PositionItem[];
  duties: DutyItem[];
  parts: ResponsibilityItem[];
  stages: PlanItem<'stage'>[];
  day: string;
}

/** Who does, answers for, is asked about and told of which duty. A press goes from letter to letter; R, A, C, I and Delete set one, arrow keys move. */
export function RaciMatrix({ planNo, positions, duties, parts, stages, day }: RaciMatrixProps) {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  const [form, setForm] = useState<{ item: DutyItem | null } | null>(null);
  const columns = positions.filter((position) => isThere(position, day));
  const gaps = dutyGaps(dutiesBy(duties, stages, day), parts, new Set(columns.map(({ itemNo }) => itemNo)));
  const count = (wanted: string[]): number => [...gaps.values()].filter((gap) => wanted.includes(gap)).length;
  const add = mayEdit && <Button icon={<PlusOutlined />} onClick={() => setForm({ item: null })}>{t('positions.newDuty')}</Button>;
  return (
    <Stack>
      {duties.length === 0 ? <EmptyState icon={<TeamOutlined />} title={t('positions.noDutiesYet')} hint={t('positions.noDutiesHint')} action={add} /> : (
        <>
          {count(['nobody']) > 0 && <Alert type="warning" showIcon title={t('positions.gaps.nobodyCount', { count: count(['nobody']) })} />}
          {count(['noAnswer', 'manyAnswer']) > 0 && <Alert type="info" showIcon title={t('positions.gaps.answerCount', { count: count(['noAnswer', 'manyAnswer']) })} />}
          <Flex gap="small" wrap align="center">{add}{raciLetters.map((letter) => <Tag key={letter}>{letter} {t(`positions.letters.${letter}`)}</Tag>)}</Flex>
          <Matrix planNo={planNo} columns={columns} duties={duties} parts={parts} gaps={gaps} onEdit={mayEdit ? (item) => setForm({ item }) : undefined} />
        </>
      )}
      {form && <DutyForm planNo={planNo} item={form.item} onClose={() => setForm(null)} />}
    </Stack>
  );
}

const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function Matrix({ planNo, columns, duties, parts, gaps, onEdit }: { planNo: number; columns: PositionItem[]; duties: DutyItem[]; parts: ResponsibilityItem[]; gaps: ReturnType<typeof dutyGaps>; onEdit?: (duty: DutyItem) => void }) {
  const { t } = useTranslation('planning');
  const actions = useItemActions(planNo);
  const table = useRef<HTMLTableElement>(null);
  const rows = stageKeys.flatMap((stage) => duties.filter(({ body }) => body.stage === stage));
  // Somebody may do a duty and answer for it; a letter that is set takes the place of all that were there.
  const set = async (duty: DutyItem, positionNo: number, [held, ...more]: ResponsibilityItem[], letter: RaciLetter | null): Promise<void> => {
    for (const each of letter === null && held ? [held, ...more] : more) await actions.remove(each.itemNo, true);
    if (letter === null || letter === held?.body.letter) return;
    await (held ? actions.edit(held, { letter }) : actions.add('responsibility', { positionNo, letter }, { parentNo: duty.itemNo, afterNo: null }));
  };
  const onKey = (event: KeyboardEvent, at: [number, number], choose: (letter: RaciLetter | null) => void): void => {
    const letter = raciLetters.find((each) => each === event.key.toUpperCase());
    const step = steps[event.key as keyof typeof steps];
    if (letter) choose(letter);
    else if (event.key === 'Delete' || event.key === 'Backspace') choose(null);
    else if (step) table.current?.querySelector<HTMLElement>(`[data-cell="${at[0] + step[0]}-${at[1] + step[1]}"]`)?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.frame}>
      <table className={styles.matrix} ref={table}>
        <thead><tr><th>{t('positions.duty')}</th>{columns.map(({ itemNo, body }) => <th key={itemNo} scope="col">{body.name}</th>)}</tr></thead>
        <tbody>
          {rows.map((duty, row) => (
            <Fragment key={duty.itemNo}>
              {rows[row - 1]?.body.stage !== duty.body.stage && <tr className={styles.group}><th scope="rowgroup">{t(`positions.stages.${duty.body.stage}`)}</th><td colSpan={columns.length} /></tr>}
              <tr>
                <th scope="row">
                  {duty.body.name} {!duty.body.isCore && <span className={styles.quiet}>{t('positions.supporting')}</span>}
                  {onEdit && <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('positions.editDuty')} onClick={() => onEdit(duty)} />}
                  {gaps.has(duty.itemNo) && <Tag color={gaps.get(duty.itemNo) === 'nobody' ? 'warning' : 'default'}>{t(`positions.gaps.${gaps.get(duty.itemNo)}`)}</Tag>}
                </th>
                {columns.map(({ itemNo: positionNo, body }, column) => {
                  const held = parts.filter(({ parentNo, body: part }) => parentNo === duty.itemNo && part.positionNo === positionNo);
                  const letters = raciLetters.filter((each) => held.some(({ body: part }) => part.letter === each));
                  const choose = (letter: RaciLetter | null): void => void set(duty, positionNo, held, letter).catch(() => undefined);
                  const next = raciLetters[letters.length === 0 ? 0 : raciLetters.indexOf(letters[letters.length - 1]) + 1] ?? null;
                  const label = t('positions.cell', { duty: duty.body.name, position: body.name, part: letters.map((letter) => t(`positions.letters.${letter}`)).join(' ') || t('positions.noPart') });
                  return <td key={positionNo}><button type="button" className={styles.cell} disabled={!onEdit} data-cell={`${row}-${column}`} aria-label={label} onClick={() => choose(next)} onKeyDown={(event) => onKey(event, [row, column], choose)}>{letters.join(' ')}</button></td>;
                })}
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
