import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TagList, useFormat } from '../../../../web/kit.ts';
import type { ShownProfile } from '../../contract.ts';
import { useFactText } from '../user/use-fact-text.ts';

export interface ComparedRow {
  label: string;
  one: ReactNode;
  other: ReactNode;
}

/** What two people are, a row a question, so that a difference is seen at once. */
export function useComparedRows(one: ShownProfile, other: ShownProfile): ComparedRow[] {
  const { t } = useTranslation();
  const format = useFormat();
  const factText = useFactText();
  const own = (key: string): string => t(`customers:merge.row.${key}`);
  const rows: [string, (profile: ShownProfile) => ReactNode][] = [
    [own('name'), ({ name }) => name],
    [own('identifiers'), ({ identifiers }) => identifiers.map(({ id, kind, masked }) => <div key={id}>{`${t(`customers:kind.${kind}`)} ${masked}`}</div>)],
    [own('firstSeen'), ({ firstSeenAt }) => format.date(firstSeenAt)],
    [own('channel'), ({ channel }) => channel],
    [own('gender'), ({ gender }) => gender && t(`customers:gender.${gender}`)],
    [own('birthDate'), ({ birthDate }) => birthDate],
    [own('place'), ({ province, city }) => [province, city].filter(Boolean).join(' ')],
    [own('tags'), ({ tags }) => tags.length > 0 && <TagList tags={tags.map(({ tagId, name }) => ({ key: tagId, label: name }))} />],
    [own('consents'), ({ consents }) => consents.length > 0 && consents.map(({ channel, purpose, granted }) => (
      <div key={`${channel} ${purpose}`}>
        {`${t('customers:consent.about', { channel: t(`customers:channel.${channel}`), purpose: t(`customers:purpose.${purpose}`) })} ${t(granted ? 'customers:consent.granted' : 'customers:consent.withdrawn')}`}
      </div>
    ))],
  ];
  const labels = [...new Set([...one.figures, ...other.figures].map(({ label }) => label))];
  const figure = (label: string) => (profile: ShownProfile): ReactNode => {
    const found = profile.figures.find((each) => each.label === label);
    return found && found.value !== null ? factText(found.value, found.unit) : undefined;
  };
  return [...rows, ...labels.map((label): (typeof rows)[number] => [t(label), figure(label)])].map(([label, of]) => ({ label, one: of(one) || '–', other: of(other) || '–' }));
}
