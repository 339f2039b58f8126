import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Loaded, Remark, Section, Table, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { listPrograms, readBudgetLine } from '../../contract.ts';
import { sorted, useItemActions, useItems } from '../frame/use-items.tsx';
import { ProgramPicker } from '../programs/program-picker.tsx';
import { useProgramNames } from '../programs/use-program-names.tsx';

interface Drawing {
  program: string;
  reserved: string;
  committed: string;
  spent: string;
  isPlaced: boolean;
}

const nothing = { reserved: '0', committed: '0', spent: '0' };

/** Which programs draw on a line and what each holds of it; a program is given the line here, or taken off it. */
export function LinePrograms({ planNo, lineNo, currency, isClosed }: { planNo: number; lineNo: number; currency: string; isClosed: boolean }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [mayEdit, mayKeep] = [useMay('planning.edit'), useMay('planning.budget')];
  const mayPlace = mayEdit && mayKeep && !isClosed;
  const nameOf = useProgramNames();
  const { data: known } = useEndpoint(listPrograms);
  const stateOf = new Map(known?.programs.map(({ key, state }) => [key, state]));
  // Of a campaign it is only not reckoned yet.
  const isUncounted = new Set(known?.programs.filter(({ kind, cost }) => cost === null && kind !== 'campaign').map(({ key }) => key));
  const [chosen, choose] = useState<string>();
  const actions = useItemActions(planNo);
  const read = useItems(planNo, ['program_place']);
  const { data: held } = useEndpoint(readBudgetLine, { params: { planNo, lineNo } });
  const places = read.data ? sorted<'program_place'>(read.data).items : [];
  const placeOf = new Map(places.map((place) => [place.body.program, place]));
  const placed = places.filter(({ body }) => body.lineNos.includes(lineNo)).map(({ body }) => body.program);
  const claims = new Map(held?.claims.filter(({ program }) => program !== '').map((claim) => [claim.program, claim]));
  const rows: Drawing[] = [...new Set([...placed, ...claims.keys()])].map((program) => ({ ...nothing, ...claims.get(program), program, isPlaced: placed.includes(program) }));
  const put = (program: string): void => {
    const place = placeOf.get(program);
    const done = place ? actions.edit(place, { lineNos: [...place.body.lineNos, lineNo] }) : actions.add('program_place', { program, lane: null, stage: null, lineNos: [lineNo] }, { parentNo: null, afterNo: places.at(-1)?.itemNo ?? null });
    void done.then(() => choose(undefined), () => undefined);
  };
  const takeOff = (program: string): void => {
    const place = placeOf.get(program);
    if (place) void actions.edit(place, { lineNos: place.body.lineNos.filter((each) => each !== lineNo) }).catch(() => undefined);
  };
  const money = (key: 'reserved' | 'committed' | 'spent') => ({ key, title: t(`budget.column.${key}`), align: 'right' as const, render: (_: unknown, row: Drawing) => format.money(row[key], currency) });
  return (
    <Section title={t('budget.programs.title')}>
      <Loaded from={read}>
        {() => (
          <>
            <Remark>{t('budget.programs.hint')}</Remark>
            {rows.length > 0 && (
              <Table<Drawing>
                size="small" rowKey="program" dataSource={rows} pagination={false} scroll={{ x: 'max-content' }}
                columns={[
                  { key: 'program', title: t('budget.entry.program'), render: (_, { program }) => <>{nameOf(program)}{isUncounted.has(program) && <Remark>{t('budget.programs.uncounted')}</Remark>}</> },
                  { key: 'state', title: t('budget.state'), render: (_, { program }) => { const state = stateOf.get(program); return state ? t(`program.state.${state}`) : '–'; } },
                  money('reserved'), money('committed'), money('spent'),
                  ...(mayPlace ? [{ key: 'off', title: '', render: (_: unknown, { program, isPlaced }: Drawing) => isPlaced && <Button type="link" size="small" disabled={actions.isBusy} onClick={() => takeOff(program)}>{t('budget.programs.takeOff')}</Button> }] : []),
                ]}
              />
            )}
            {mayPlace && (
              <Flex gap="small" style={{ marginBlockStart: 12 }}>
                <div style={{ flex: 1, minWidth: 0 }}><ProgramPicker {...(chosen === undefined ? {} : { value: chosen })} onChange={choose} not={placed} /></div>
                <Button disabled={chosen === undefined} loading={actions.isBusy} onClick={() => chosen !== undefined && put(chosen)}>{t('budget.programs.put')}</Button>
              </Flex>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
