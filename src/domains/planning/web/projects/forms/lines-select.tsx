import { Select, useEndpoint } from '../../../../../web/kit.ts';
import { listBudgetLines } from '../../../contract.ts';

/** Lines of the budget that a project spends. */
export function LinesSelect({ planNo, id, value = [], onChange }: { planNo: number; id?: string; value?: number[]; onChange?: (lineNos: number[]) => void }) {
  const { data } = useEndpoint(listBudgetLines, { params: { planNo }, query: { pageSize: 200 } });
  return <Select id={id} mode="multiple" maxCount={20} showSearch={{ optionFilterProp: 'label' }} value={value} onChange={onChange} options={(data?.rows ?? []).map(({ lineNo, name }) => ({ value: lineNo, label: name }))} />;
}
