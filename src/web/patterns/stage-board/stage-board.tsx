import { Button, Dropdown } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { HolderOutlined } from '../../icons.tsx';
import styles from './stage-board.module.css';

/** Cards in stages that follow one another; a card is dragged, or moved by its handle: with the arrow keys, or from its menu. */
export interface StageBoardProps<S extends string> {
  stages: { key: S; title: string; total: string; about?: ReactNode; more?: ReactNode }[];
  cards: { key: string; stage: S; title: ReactNode; body?: ReactNode; foot?: ReactNode; name: string }[];
  /** What stands in a stage without cards. */
  none: string;
  /** Says what the handle of a card does. */
  handleLabel: (name: string) => string;
  /** Without it cards stay where they are. */
  onMove?: (key: string, stage: S) => void;
}

const dragged = 'application/x-stage-card';

export function StageBoard<S extends string>({ stages, cards, none, handleLabel, onMove }: StageBoardProps<S>) {
  const [over, setOver] = useState<S>();
  const focused = useRef<string | null>(null);
  // A card that was moved is another element in its new stage: the keyboard goes with it.
  useEffect(() => {
    if (focused.current === null) return;
    document.querySelector<HTMLElement>(`[data-stage-card="${focused.current}"]`)?.focus();
    focused.current = null;
  }, [cards]);
  const move = (key: string, stage: S): void => {
    focused.current = key;
    onMove?.(key, stage);
  };
  const onKeyDown = (event: KeyboardEvent, { key, stage }: { key: string; stage: S }): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step && stages[stages.findIndex((each) => each.key === stage) + step];
    if (!next) return;
    event.preventDefault();
    move(key, next.key);
  };
  return (
    <div className={styles.board}>
      {stages.map((stage) => {
        const own = cards.filter((card) => card.stage === stage.key);
        return (
          <section
            key={stage.key}
            aria-label={stage.title}
            className={[styles.stage, over === stage.key ? styles.over : ''].join(' ')}
            onDragOver={(event) => {
              if (!onMove || !event.dataTransfer.types.includes(dragged)) return;
              event.preventDefault();
              setOver(stage.key);
            }}
            onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(undefined)}
            onDrop={(event) => {
              setOver(undefined);
              const key = event.dataTransfer.getData(dragged);
              if (cards.some((card) => card.key === key && card.stage !== stage.key)) onMove?.(key, stage.key);
            }}
          >
            <h2 className={styles.head}>{stage.title}<span className={styles.count}>{stage.total}</span></h2>
            {stage.about && <div className={styles.about}>{stage.about}</div>}
            <ul className={styles.list}>
              {own.map(({ key, title, body, foot, name }) => (
                <li key={key} className={styles.card} draggable={onMove !== undefined} onDragStart={(event) => event.dataTransfer.setData(dragged, key)}>
                  <div className={styles.top}>
                    <span className={styles.title}>{title}</span>
                    {onMove && (
                      <Dropdown trigger={['click']} menu={{ items: stages.map((each) => ({ key: each.key, label: each.title, disabled: each.key === stage.key })), onClick: ({ key: to }) => move(key, to as S) }}>
                        <Button type="text" size="small" icon={<HolderOutlined />} data-stage-card={key} aria-label={handleLabel(name)} title={handleLabel(name)} onKeyDown={(event) => onKeyDown(event, { key, stage: stage.key })} />
                      </Dropdown>
                    )}
                  </div>
                  {body}
                  {foot && <div className={styles.foot}>{foot}</div>}
                </li>
              ))}
            </ul>
            {stage.more}
            {own.length === 0 && <div className={styles.none}>{none}</div>}
          </section>
        );
      })}
    </div>
  );
}
