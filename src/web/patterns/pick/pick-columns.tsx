import { Button, Input, Popover } from 'antd';
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseOutlined, HolderOutlined, PlusOutlined } from '../../icons.tsx';
import { moved, placed } from './order.ts';
import styles from './pick.module.css';

/** Something that can be a column. */
export interface Pickable {
  key: string;
  label: string;
  definition: string;
  group: string;
  /** Why it cannot be chosen now; undefined where it can. */
  refusal?: string;
}

/** Columns in an order: dragged from a list or clicked, moved by dragging or with the arrow keys. */
export interface PickColumnsProps {
  label: string;
  addLabel: string;
  items: Pickable[];
  chosen: string[];
  most: number;
  onChange: (chosen: string[]) => void;
}

const dragged = 'application/x-column';

export function PickColumns({ label, addLabel, items, chosen, most, onChange }: PickColumnsProps) {
  const { t } = useTranslation('web');
  const [isOver, setIsOver] = useState(false);
  const strip = useRef<HTMLDivElement>(null);
  const byKey = new Map(items.map((item) => [item.key, item]));
  const isFull = chosen.length >= most;
  const drop = (event: DragEvent, before?: string): void => {
    event.preventDefault();
    event.stopPropagation();
    setIsOver(false);
    const key = event.dataTransfer.getData(dragged);
    if (byKey.has(key) && (chosen.includes(key) || !isFull)) onChange(placed(chosen, key, before));
  };
  const onKeyDown = (event: KeyboardEvent, key: string): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') onChange(chosen.filter((each) => each !== key));
    else if (step) onChange(moved(chosen, key, step));
    else return;
    event.preventDefault();
    requestAnimationFrame(() => strip.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus());
  };
  return (
    <div
      ref={strip}
      role="list"
      aria-label={label}
      className={isOver ? `${styles.strip} ${styles.over}` : styles.strip}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      {chosen.map((key) => (
        <span
          key={key}
          data-key={key}
          role="listitem"
          tabIndex={0}
          className={styles.chip}
          draggable
          title={byKey.get(key)?.definition}
          aria-label={t('pick.chosen', { name: byKey.get(key)?.label ?? key })}
          onKeyDown={(event) => onKeyDown(event, key)}
          onDragStart={(event) => event.dataTransfer.setData(dragged, key)}
          onDrop={(event) => drop(event, key)}
        >
          <HolderOutlined aria-hidden />
          {byKey.get(key)?.label ?? key}
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('pick.remove', { name: byKey.get(key)?.label ?? key })} onClick={() => onChange(chosen.filter((each) => each !== key))} />
        </span>
      ))}
      <Popover trigger="click" placement="bottomLeft" destroyOnHidden content={<Palette label={label} items={items.filter(({ key }) => !chosen.includes(key))} isFull={isFull} onAdd={(key) => onChange(placed(chosen, key))} />}>
        <Button size="small" icon={<PlusOutlined />}>{addLabel}</Button>
      </Popover>
    </div>
  );
}

function Palette({ label, items, isFull, onAdd }: { label: string; items: Pickable[]; isFull: boolean; onAdd: (key: string) => void }) {
  const { t } = useTranslation('web');
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const found = items.filter((item) => `${item.label} ${item.definition}`.toLowerCase().includes(wanted));
  return (
    <>
      <Input autoFocus allowClear aria-label={label} placeholder={label} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <div className={styles.palette}>
        {found.length === 0 && <div className={styles.group}>{t('pick.none')}</div>}
        {[...Map.groupBy(found, ({ group }) => group)].map(([group, of]) => (
          <div key={group} role="group" aria-label={group}>
            <div className={styles.group}>{group}</div>
            {of.map((item) => {
              const refusal = item.refusal ?? (isFull ? t('pick.full') : undefined);
              return (
                <button
                  key={item.key}
                  type="button"
                  className={styles.item}
                  disabled={refusal !== undefined}
                  draggable={refusal === undefined}
                  onDragStart={(event) => event.dataTransfer.setData(dragged, item.key)}
                  onClick={() => onAdd(item.key)}
                >
                  {item.label}
                  <span className={styles.definition}>{refusal ?? item.definition}</span>
                </button>
              );
            })}
          </div>
        ))}
      </div>
    </>
  );
}
