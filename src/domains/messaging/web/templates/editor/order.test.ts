import { describe, expect, it } from 'vitest';
import { endOf, movedBlock, placedBlock } from './order.ts';

const blocks = ['a', 'b', 'c'].map((key) => ({ key }));
const keys = (of: { key: string }[]): string => of.map(({ key }) => key).join('');

describe('blocks', () => {
  it('are put before another or at the end, moved where they are there', () => {
    expect(keys(placedBlock(blocks, { key: 'x' }, 'b'))).toBe('axbc');
    expect(keys(placedBlock(blocks, { key: 'x' }))).toBe('abcx');
    expect(keys(placedBlock(blocks, blocks[2], 'a'))).toBe('cab');
    expect(keys(placedBlock(blocks, blocks[0], 'a'))).toBe('abc');
    expect(keys(placedBlock(blocks, { key: 'x' }, 'nobody'))).toBe('abcx');
  });

  it('are added above the footer that a mail ends with', () => {
    const mail = [{ key: 'a', kind: 'text' }, { key: 'b', kind: 'footer' }];
    expect(endOf(mail, 'button')).toBe('b');
    expect(endOf(mail, 'footer')).toBeUndefined();
    expect(endOf(mail.toReversed(), 'button')).toBeUndefined();
    expect(endOf([], 'text')).toBeUndefined();
  });

  it('are moved as far as there are places', () => {
    expect(keys(movedBlock(blocks, 'b', -1))).toBe('bac');
    expect(keys(movedBlock(blocks, 'b', 5))).toBe('acb');
    expect(keys(movedBlock(blocks, 'a', -1))).toBe('abc');
    expect(keys(movedBlock(blocks, 'x', 1))).toBe('abc');
  });
});
