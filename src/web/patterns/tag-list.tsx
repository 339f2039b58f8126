import { Flex, Tag } from 'antd';
import type { ReactNode } from 'react';
import styles from './patterns.module.css';

/** A tag as shown; `onRemove` where the reader may take it off. */
export interface TagItem {
  key: string | number;
  label: string;
  onRemove?: () => void;
}

/** Tags in a row that wraps; `extra` is for a button that adds one. */
export function TagList({ tags, extra }: { tags: TagItem[]; extra?: ReactNode }) {
  return (
    <Flex wrap gap="small" align="center" className={styles.tags}>
      {tags.map(({ key, label, onRemove }) => (
        <Tag
          key={key}
          closable={onRemove !== undefined}
          onClose={(event) => {
            // The list shows what the server holds: the tag goes when it is gone there.
            event.preventDefault();
            onRemove?.();
          }}
        >
          {label}
        </Tag>
      ))}
      {extra}
    </Flex>
  );
}
