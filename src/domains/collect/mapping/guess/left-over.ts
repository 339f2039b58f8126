import { fieldOf } from '../fields.ts';
import { agreedChannelOf } from './consent-channel.ts';
import type { ImportKind } from '../fields.ts';
import type { ColumnMapping } from '../mapping.ts';
import type { GuessReason } from './candidates.ts';
import type { MappedGuess } from './column-guess.ts';
import type { ColumnProfile } from './column-profile.ts';

/**
 * A column whose meaning no field has: a consent by its name, else an attribute where the kind has
 * attributes. Values that look personal are left out, since attributes are analysed in the clear: a
 * person must say what they are.
 */
export function mapLeftOver(kind: ImportKind, column: string, profile: ColumnProfile): MappedGuess {
  const { fits, filled } = profile;
  const without = (reason: GuessReason): MappedGuess => ({
    guess: { column, field: null, confidence: 0, reasons: [reason] },
    mapping: null,
  });
  const channel = agreedChannelOf(column);
  if (channel && fieldOf(kind, 'consent') && fits.boolean > 0.9) {
    return {
      guess: { column, field: 'consent', confidence: 0.7, reasons: ['name_similar', 'values_fit'] },
      mapping: { column, field: 'consent', consent: { channel, purpose: 'marketing' } },
    };
  }
  if (!fieldOf(kind, 'attribute') || column.length > 64) return without('not_recognised');
  if (fits.phone > 0.5 || fits.email > 0.5 || fits.address > 0.5) return without('looks_personal');
  const attribute = { name: column, type: filled > 0 ? attributeType(fits) : ('text' as const) };
  return {
    guess: { column, field: 'attribute', confidence: 0.3, reasons: ['kept_as_attribute'] },
    mapping: { column, field: 'attribute', attribute },
  };
}

function attributeType(fits: ColumnProfile['fits']): NonNullable<ColumnMapping['attribute']>['type'] {
  if (fits.decimal === 1) return 'number';
  return fits.boolean === 1 ? 'boolean' : 'text';
}
