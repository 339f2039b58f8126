import { useTranslation } from 'react-i18next';
import { useFieldList } from '../../../audiences/web/inputs/use-field-list.ts';
import type { FlowKind } from '../../contract.ts';

/** What a step of a path is called. */
export function useKindName(): (kind: FlowKind) => string {
  const { t } = useTranslation('insights');
  const { data } = useFieldList();
  return ({ fact, name }) => (fact === 'event' ? (data?.events.find((event) => event.name === name)?.label ?? name) : t(`flow.kind.${fact}`));
}
