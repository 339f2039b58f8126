import { useTranslation } from 'react-i18next';
import { Button, Loaded, Section, useAction, useEndpoint, useNavigateTo } from '../../../../web/kit.ts';
import { createDraft, listReadyMade, listVersions, readProgramme } from '../../contract.ts';
import { SentenceGroups } from './sentence-groups.tsx';
import styles from './programme.module.css';
import { TierTag } from './tier-tag.tsx';

const shownParts = ['joining', 'earning', 'ending'];

/** Programmes to begin with: who they are for, and what they say. */
export function Templates() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const readyMade = useEndpoint(listReadyMade);
  const begin = useAction(createDraft, { invalidates: [listVersions, readProgramme], onSuccess: ({ versionNo }) => navigate(`/members/programme/${versionNo}/edit`) });
  return (
    <Loaded from={readyMade}>
      {({ programmes }) => (
        <div className={styles.templates}>
          {programmes.map(({ key, definition, sentences }) => (
            <Section key={key} title={t(`design.template.${key}.name`)}>
              <div className={styles.template}>
                <span className={styles.quiet}>{t(`design.template.${key}.hint`)}</span>
                <div className={styles.tierRow}>{definition.tiers.map((tier) => <TierTag key={tier.key} tier={tier} />)}</div>
                <SentenceGroups isNarrow sentences={sentences.filter(({ part, isPublic }) => isPublic && shownParts.includes(part))} />
                <div><Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({ body: { definition } })}>{t('design.template.use')}</Button></div>
              </div>
            </Section>
          ))}
        </div>
      )}
    </Loaded>
  );
}
