import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { SearchOutlined } from '../../icons.tsx';
import styles from '../patterns.module.css';

const pauseMs = 300;

/** Searches when the person pauses or presses Enter. */
export function SearchBox({
  value,
  placeholder,
  onSearch,
}: {
  value: string;
  placeholder: string;
  onSearch: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), pauseMs);
  };
  const searchNow = (): void => {
    clearTimeout(timer.current);
    onSearch(text.trim());
  };
  return (
    <Input
      className={styles.search}
      allowClear
      type="search"
      prefix={<SearchOutlined aria-hidden />}
      placeholder={placeholder}
      aria-label={placeholder}
      value={text}
      onChange={(event) => type(event.target.value)}
      onPressEnter={searchNow}
    />
  );
}
