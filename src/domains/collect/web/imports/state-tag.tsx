import { useTranslation } from 'react-i18next';
import { Tag } from '../../../../web/kit.ts';
import type { ImportView } from '../../imports/contract.ts';

const colours: Partial<Record<ImportView['state'], string>> = {
  queued: 'processing', running: 'processing', publishing: 'processing', undoing: 'processing', done: 'success', failed: 'error',
};

/** Where an import is, as a word; the colour only repeats it. */
export function StateTag({ state }: { state: ImportView['state'] }) {
  const { t } = useTranslation('collect');
  return <Tag color={colours[state] ?? 'default'}>{t(`imports.state.${state}`)}</Tag>;
}
