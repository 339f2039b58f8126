import type { CSSProperties } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Input, Typography } from '../../../../web/kit.ts';
import { beginLine, type LineDraft, saved, shownText, type Standing } from './line-draft.ts';

interface LineTextProps {
  label: string;
  standing: Standing;
  mayEdit: boolean;
  style: CSSProperties;
  /** Stands beside the text that counts, and steps back behind it. */
  isAside?: boolean;
  /** Saves it on a version; rejected where somebody else was first. */
  onSave: (text: string, version: number) => Promise<unknown>;
}

/** A text that is written where it stands, and saved when it is left. What somebody else wrote meanwhile is shown beside it, never written over unseen. */
export function LineText({ label, standing, mayEdit, style, isAside = false, onSave }: LineTextProps) {
  const { t } = useTranslation('planning');
  const [draft, setDraft] = useState<LineDraft | null>(null);
  const [sent, setSent] = useState<Standing | null>(null);
  const leave = (left: LineDraft | null): void => {
    const wanted = left && saved(left);
    if (!left || !wanted) return setDraft(null);
    setSent(wanted);
    setDraft(null);
    void onSave(wanted.text, wanted.version).catch(() => {
      setSent(null);
      setDraft({ ...left, isRefused: true });
    });
  };
  const isRefused = draft?.isRefused === true && standing.version !== draft.begun.version;
  return (
    <Flex vertical gap={4} style={style}>
      <Input.TextArea
        aria-label={label} placeholder={label} autoSize variant={isAside ? 'filled' : 'outlined'} readOnly={!mayEdit} value={shownText(draft, sent, standing)} status={isRefused ? 'warning' : ''}
        onFocus={() => mayEdit && setDraft((before) => before ?? beginLine(standing))}
        onChange={({ target }) => setDraft((before) => ({ ...(before ?? beginLine(standing)), text: target.value }))}
        onBlur={() => !isRefused && leave(draft)}
      />
      {isRefused && (
        <Flex gap={8} wrap align="center">
          <Typography.Text type="warning">{t('start.othersWrote', { text: standing.text })}</Typography.Text>
          <Button size="small" onClick={() => setDraft(null)}>{t('start.takeTheirs')}</Button>
          <Button size="small" onClick={() => leave({ ...draft, begun: standing, isRefused: false })}>{t('start.keepMine')}</Button>
        </Flex>
      )}
    </Flex>
  );
}
