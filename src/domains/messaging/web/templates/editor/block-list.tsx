import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, Button } from '../../../../../web/kit.ts';
import { CopyOutlined, DeleteOutlined, HolderOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import { type Block, blockKinds, type SimpleBlock, type TemplateFinding } from '../../../contract.ts';
import styles from '../templates.module.css';
import { BlockFields } from './block-fields.tsx';
import { footerWords } from '../footer-words.ts';
import { newBlock, newKey, simpleKinds } from './draft.ts';
import { endOf, movedBlock, placedBlock } from './order.ts';

type Any = Block | SimpleBlock;
const draggedKind = 'application/x-block-kind';
const draggedKey = 'application/x-block';

export interface BlockListProps<B extends Any> {
  label: string;
  blocks: readonly B[];
  /** Keys of the whole mail: a new block has one of its own. */
  keys: readonly string[];
  findings: readonly TemplateFinding[];
  /** Where these blocks stand: `locales.zh-CN.blocks`. */
  path: string;
  isNested?: boolean;
  onChange: (blocks: B[]) => void;
}

/** Blocks below each other: dragged in and moved by hand or with the arrow keys, the one that is worked on open. */
export function BlockList<B extends Any>({ label, blocks, keys, findings, path, isNested = false, onChange }: BlockListProps<B>) {
  const { t } = useTranslation('messaging');
  const [open, setOpen] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const kinds: readonly Block['kind'][] = isNested ? simpleKinds : blockKinds;
  const words = { title: t('templates.new.title'), text: t('templates.new.text'), button: t('templates.new.button'), more: t('templates.new.more'), footer: footerWords(t) };
  const add = (kind: Block['kind'], before = endOf(blocks, kind)): void => {
    const key = newKey(keys);
    onChange(placedBlock(blocks, newBlock(kind, key, words) as B, before));
    setOpen(key);
  };
  const drop = (event: DragEvent, before?: string): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(null);
    const kind = kinds.find((one) => one === event.dataTransfer.getData(draggedKind));
    const dragged = blocks.find(({ key }) => key === event.dataTransfer.getData(draggedKey));
    if (kind) add(kind, before);
    else if (dragged) onChange(placedBlock(blocks, dragged, before));
  };
  const onKeyDown = (event: KeyboardEvent, block: B): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    onChange(movedBlock(blocks, block.key, step));
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-key="${block.key}"] [data-handle]`)?.focus());
  };
  const column: Parameters<typeof BlockFields>[0]['column'] = (columnLabel, inner, at, change) => (
    <BlockList<SimpleBlock> label={columnLabel} blocks={inner} keys={keys} findings={findings} path={at} isNested onChange={change} />
  );
  return (
    <div className={styles.blocks} ref={list} role="list" aria-label={label} onDragOver={(event) => event.preventDefault()} onDrop={(event) => drop(event)}>
      {blocks.length === 0 && <div className={styles.emptyBlocks}>{t('templates.noBlocks')}</div>}
      {blocks.map((block, n) => {
        const own = findings.filter((finding) => finding.path.startsWith(`${path}.${n}.`));
        const isOpen = open === block.key;
        return (
          <div key={block.key} data-key={block.key} role="listitem" className={over === block.key ? `${styles.block} ${styles.over}` : styles.block} onDragOver={(event) => { event.preventDefault(); setOver(block.key); }} onDragLeave={() => setOver(null)} onDrop={(event) => drop(event, block.key)}>
            <div className={styles.blockHead}>
              <button type="button" data-handle className={styles.handle} draggable aria-label={t('templates.move', { block: t(`templates.blocks.${block.kind}`), n: n + 1 })} onDragStart={(event) => event.dataTransfer.setData(draggedKey, block.key)} onKeyDown={(event) => onKeyDown(event, block)}><HolderOutlined aria-hidden /></button>
              <button type="button" className={styles.blockTitle} aria-expanded={isOpen} onClick={() => setOpen(isOpen ? null : block.key)}>
                <strong>{t(`templates.blocks.${block.kind}`)}</strong>
                <span className={styles.summary}>{summaryOf(block)}</span>
                <Badge count={own.length} color={own.some(({ level }) => level === 'wrong') ? 'red' : 'gold'} title={t('templates.findingCount', { count: own.length })} />
              </button>
              <Button type="text" size="small" icon={<CopyOutlined />} aria-label={t('templates.copyBlock')} onClick={() => onChange(blocks.flatMap((one) => (one === block ? [one, copyOf(one, keys)] : [one])))} />
              <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('templates.deleteBlock')} onClick={() => onChange(blocks.filter((one) => one !== block))} />
            </div>
            {isOpen && <BlockFields block={block} path={`${path}.${n}`} findings={own} column={column} onChange={(next) => onChange(blocks.map((one) => (one === block ? (next as B) : one)))} />}
          </div>
        );
      })}
      <div className={styles.palette} role="group" aria-label={t('templates.addBlock')}>
        {kinds.map((kind) => (
          <Button key={kind} size="small" icon={<PlusOutlined />} draggable onDragStart={(event) => event.dataTransfer.setData(draggedKind, kind)} onClick={() => add(kind)}>{t(`templates.blocks.${kind}`)}</Button>
        ))}
      </div>
    </div>
  );
}

/** A copy has keys of its own, within columns too. */
function copyOf<B extends Any>(block: B, keys: readonly string[]): B {
  const taken = [...keys];
  const fresh = (): string => {
    const key = newKey(taken);
    taken.push(key);
    return key;
  };
  const copy = { ...structuredClone(block), key: fresh() };
  if (copy.kind === 'columns') for (const inner of copy.columns.flat()) inner.key = fresh();
  return copy;
}

function summaryOf(block: Any): string {
  const text = 'text' in block ? block.text : block.kind === 'image' ? block.alt || block.address : block.kind === 'products' ? block.link : '';
  return text.replace(/\s+/g, ' ').slice(0, 80);
}
