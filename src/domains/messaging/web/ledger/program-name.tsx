import { useTranslation } from 'react-i18next';
import { Link } from '../../../../web/kit.ts';
import type { LedgerDecision } from '../../contract.ts';

/** A program by its name, with the way to its page where it has one. */
export function ProgramName({ program: { kind, no, name, path } }: { program: LedgerDecision['program'] }) {
  const { t } = useTranslation('messaging');
  const shown = name ?? t(`ledger.program.${kind}`, { no });
  return path === null ? <span>{shown}</span> : <Link to={path}>{shown}</Link>;
}
