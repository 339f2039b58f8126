import { useTranslation } from 'react-i18next';
import { programKinds } from '../../../../kernel/program.ts';
import { Select, useEndpoint } from '../../../../web/kit.ts';
import { listPrograms } from '../../contract.ts';

/** Chooses among what is run for users, by kind; `not` are those that do not come into question. */
export function ProgramPicker({ value, onChange, not = [], ...field }: { id?: string; value?: string; onChange?: (key: string) => void; not?: readonly string[] }) {
  const { t } = useTranslation('planning');
  const { data, isPending } = useEndpoint(listPrograms);
  const options = programKinds.map((kind) => ({
    label: t(`program.kind.${kind}`),
    options: (data?.programs ?? []).filter((each) => each.kind === kind && !not.includes(each.key)).map(({ key, name, state }) => ({ value: key, label: t('program.choice', { name, state: t(`program.state.${state}`) }) })),
  })).filter((group) => group.options.length > 0);
  return <Select {...field} value={value} onChange={onChange} loading={isPending} showSearch={{ optionFilterProp: 'label' }} placeholder={t('program.choose')} notFoundContent={t('program.none')} options={options} style={{ width: '100%' }} />;
}
