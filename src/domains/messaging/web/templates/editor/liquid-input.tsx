import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Input } from '../../../../../web/kit.ts';
import type { TemplateFinding } from '../../../contract.ts';
import styles from '../templates.module.css';
import { FieldPicker } from './field-picker.tsx';
import type { TextKind } from './picks.ts';

export interface LiquidInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is said about it. */
  findings?: readonly TemplateFinding[];
  as?: TextKind;
  placeholder?: string;
  most?: number;
  isProduct?: boolean;
  /** What it is for. */
  note?: string | undefined;
}

/** A text with Liquid in it: fields and snippets are put where the cursor is, what is wrong with it stands below. */
export function LiquidInput({ label, value, onChange, findings = [], as = 'words', placeholder, most = 4_000, isProduct = false, note }: LiquidInputProps) {
  const { t } = useTranslation('messaging');
  const box = useRef<HTMLDivElement>(null);
  const insert = (text: string): void => {
    const field = box.current?.querySelector<HTMLTextAreaElement | HTMLInputElement>('textarea, input');
    const [start, end] = [field?.selectionStart ?? value.length, field?.selectionEnd ?? value.length];
    onChange(value.slice(0, start) + text + value.slice(end));
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(start + text.length, start + text.length);
    });
  };
  const status = findings.some(({ level }) => level === 'wrong') ? 'error' : undefined;
  const shared = { value, maxLength: most, placeholder, 'aria-label': label, ...(status ? { status } as const : {}) };
  return (
    <div className={styles.field} ref={box}>
      <div className={styles.fieldHead}>
        <span>{label}</span>
        <FieldPicker as={as} isProduct={isProduct} onPick={insert} label={t('templates.insertInto', { field: label })} />
      </div>
      {as === 'words'
        ? <Input.TextArea {...shared} autoSize={{ minRows: 2, maxRows: 12 }} onChange={(event) => onChange(event.target.value)} />
        : <Input {...shared} onChange={(event) => onChange(event.target.value)} />}
      {note && <div className={styles.hint}>{note}</div>}
      {findings.map(({ text, level }) => <div key={text} className={level === 'wrong' ? styles.wrong : styles.hint}>{text}</div>)}
    </div>
  );
}
