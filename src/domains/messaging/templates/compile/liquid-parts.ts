import { Tokenizer, TokenKind } from 'liquidjs';
import { mark } from '../render/compiled.ts';

/** Keeps Liquid out of the way while words become a page, and puts it back. */
export interface Pieces {
  /** A name for a piece of the page that is written as it is. No word of a person gets into the page but as a piece. */
  put(piece: string): string;
  /** Puts all pieces in their places, those within pieces too. */
  fill(page: string): string;
}

export function createPieces(): Pieces {
  const pieces: string[] = [];
  const fill = (page: string): string => page.replace(/qz(\d+)zq/g, (_, at: string) => fill(pieces[Number(at)]));
  return { put: (piece) => `qz${pieces.push(piece) - 1}zq`, fill };
}

const marks = new RegExp(`[${mark.open}${mark.close}]`, 'g');
/** As it is written, without characters that are ours alone. */
export const cleanSource = (source: string): string => source.replace(marks, '').toWellFormed();

/** Words and Liquid apart, in their order. Throws where Liquid is not closed. */
export function splitLiquid(source: string): { isLiquid: boolean; text: string }[] {
  const tokens = new Tokenizer(source).readTopLevelTokens();
  return tokens.map((token) => ({ isLiquid: token.kind !== TokenKind.HTML, text: source.slice(token.begin, token.end) }));
}
