import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type ChoiceGroup, matchingChoices } from './matching-choices.ts';
import styles from './choice.module.css';

/** Many choices in groups: all of a group, or whatever matches what is typed. The arrow keys move, Enter chooses. */
export interface ChoicePanelProps {
  label: string;
  groups: ChoiceGroup[];
  noMatch: string;
  onChoose: (key: string) => void;
}

/** Scrolls the list alone: the browser's own way would move the page under a panel that is still on its way to its place. */
function keepInSight(list: HTMLElement | null): void {
  const option = list?.querySelector<HTMLElement>('[aria-selected="true"]');
  if (!list || !option) return;
  const { offsetTop, offsetHeight } = option;
  if (offsetTop < list.scrollTop) list.scrollTop = offsetTop;
  else if (offsetTop + offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = offsetTop + offsetHeight - list.clientHeight;
}

export function ChoicePanel({ label, groups, noMatch, onChoose }: ChoicePanelProps) {
  const id = useId();
  const input = useRef<InputRef>(null);
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [group, setGroup] = useState<string>();
  const [active, setActive] = useState(0);
  const shown = matchingChoices(groups, typed, typed ? undefined : (group ?? groups[0]?.key));
  const flat = shown.flatMap(({ choices }) => choices);
  const activeKey = flat[Math.min(active, flat.length - 1)]?.key;
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  useEffect(() => keepInSight(list.current), [activeKey]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && activeKey) onChoose(activeKey);
    else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, flat.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.panel}>
      <Input
        ref={input}
        allowClear
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={activeKey && `${id}-${activeKey}`}
        aria-label={label}
        placeholder={label}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
      />
      <div className={styles.parts}>
        <div className={styles.groups}>
          {groups.map(({ key, label: name, icon }) => (
            <button
              key={key}
              type="button"
              className={styles.group}
              aria-pressed={!typed && key === (group ?? groups[0]?.key)}
              onClick={() => {
                setGroup(key);
                setTyped('');
                setActive(0);
              }}
            >
              {icon} {name}
            </button>
          ))}
        </div>
        <div className={styles.choices} id={`${id}-list`} role="listbox" aria-label={label} ref={list}>
          {flat.length === 0 && <div className={styles.none}>{noMatch}</div>}
          {shown.map(({ key, label: name, choices }) => (
            <div key={key} role="group" aria-label={name}>
              {typed && <div className={styles.groupName}>{name}</div>}
              {choices.map((choice) => (
                <div
                  key={choice.key}
                  id={`${id}-${choice.key}`}
                  role="option"
                  aria-selected={choice.key === activeKey}
                  className={styles.choice}
                  onMouseMove={() => setActive(flat.indexOf(choice))}
                  onClick={() => onChoose(choice.key)}
                >
                  <div>{choice.label}</div>
                  {choice.hint && <div className={styles.hint}>{choice.hint}</div>}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
