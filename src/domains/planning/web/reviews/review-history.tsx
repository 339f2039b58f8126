import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Drawer, Loaded, Stack, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type ItemBody, readReviewVersion } from '../../contract.ts';
import { ReviewWords } from './review-words.tsx';

export interface ReviewHistoryProps {
  planNo: number;
  projectNo: number;
  versions: { changeNo: number; at: string; by: string; fields: string[] }[];
  open: boolean;
  onClose: () => void;
}

/** Who changed a review when, and how it read after each change. */
export function ReviewHistory({ planNo, projectNo, versions, open, onClose }: ReviewHistoryProps) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [shown, setShown] = useState<number | null>(null);
  const partName = (field: string): string => (field === 'outcome' || field === 'tags' ? t(`reviews.${field}`) : t(`reviews.parts.${field}`));
  return (
    <Drawer open={open} onClose={onClose} title={t('reviews.history')} size={560} destroyOnHidden>
      <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {versions.map(({ changeNo, at, by, fields }, n) => (
          <li key={changeNo} style={{ paddingBlock: 8 }}>
            <Stack>
              <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
                <span style={{ flex: 1 }}>
                  <div>{n === versions.length - 1 ? t('reviews.written') : fields.map(partName).join(t('document.comma'))}</div>
                  <small>{by} · {format.dateTime(at)}</small>
                </span>
                <Button size="small" aria-expanded={shown === changeNo} onClick={() => setShown(shown === changeNo ? null : changeNo)}>{t(shown === changeNo ? 'reviews.hideVersion' : 'reviews.showVersion')}</Button>
              </div>
              {shown === changeNo && <Version planNo={planNo} itemNo={projectNo} changeNo={changeNo} />}
            </Stack>
          </li>
        ))}
      </ol>
    </Drawer>
  );
}

function Version(params: { planNo: number; itemNo: number; changeNo: number }) {
  const version = useEndpoint(readReviewVersion, { params });
  return <Loaded from={version}>{({ body }) => <ReviewWords body={body as ItemBody<'review'>} />}</Loaded>;
}
