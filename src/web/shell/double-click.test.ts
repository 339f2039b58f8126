import { describe, expect, it } from 'vitest';
import { createMeant, type Hit } from './double-click.ts';

const meant = (...hits: Hit[]): boolean[] => hits.map(createMeant());

describe('a click', () => {
  it('is meant for what it hits, and its second for the same, also as often as it is pressed', () => {
    expect(meant({ name: 'Next', ofRow: 1 }, { name: 'Next', ofRow: 2 }, { name: 'Next', ofRow: 3 }, { name: 'Delete', ofRow: 1 })).toEqual([true, true, true, true]);
  });

  it('is not meant for what took the place of the first in between, until a new one begins', () => {
    expect(meant({ name: 'Publish', ofRow: 1 }, { name: 'Withdraw', ofRow: 2 }, { name: 'Withdraw', ofRow: 3 }, { name: 'Withdraw', ofRow: 1 })).toEqual([true, false, false, true]);
    expect(meant({ name: null, ofRow: 1 }, { name: 'Delete', ofRow: 2 })).toEqual([true, false]);
    expect(meant({ name: 'New', ofRow: 1 }, { name: null, ofRow: 2 })).toEqual([true, false]);
  });

  it('is left alone where no button is hit, and where a key is pressed', () => {
    expect(meant({ name: null, ofRow: 1 }, { name: null, ofRow: 2 }, { name: 'Close', ofRow: 0 }, { name: 'Other', ofRow: 0 })).toEqual([true, true, true, true]);
  });
});
