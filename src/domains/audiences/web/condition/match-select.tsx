import { useTranslation } from 'react-i18next';
import { WordSelect } from '../inputs/word-select.tsx';

const matches = ['any', 'all', 'none'] as const;
type Match = (typeof matches)[number];

/** Any, all or none of what follows. */
export function MatchSelect({ match, onChange }: { match: Match; onChange: (match: Match) => void }) {
  const { t } = useTranslation('audiences');
  return <WordSelect label={t('web.match.label')} value={match} options={matches.map((value) => ({ value, label: t(`web.match.${value}`) }))} onChange={onChange} />;
}
