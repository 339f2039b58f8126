import { Tokenizer, TokenKind } from 'liquidjs';

/** Keeps words and Liquid out of the way while a page is made of them, and puts them back. */
export interface Pieces {
  /** A name for a piece of the page that is written as it is. No word of a person gets into the page but as a piece. */
  put(piece: string): string;
  /** Puts all pieces in their places. */
  fill(page: string): string;
}

/** Pieces of a page that is laid out: their names are plain letters, and nothing within a piece is looked at again. */
export function createPieces(): Pieces {
  const pieces: string[] = [];
  return { put: (piece) => `qz${pieces.push(piece) - 1}zq`, fill: (page) => page.replace(/qz(\d+)zq/g, (_, at: string) => pieces[Number(at)]) };
}

/** Pieces of words: they may hold others, so that their names are of characters that no word has. */
export function createInnerPieces(): Pieces {
  const pieces: string[] = [];
  const fill = (words: string): string => words.replace(/\uE012(\d+)\uE013/g, (_, at: string) => fill(pieces[Number(at)]));
  return { put: (piece) => `\uE012${pieces.push(piece) - 1}\uE013`, fill };
}

/** As it is written, without characters that are ours alone. */
export const cleanSource = (source: string): string => source.replace(/[\uE010-\uE013]/g, '').toWellFormed();

export interface Part {
  isLiquid: boolean;
  /** `{% … %}`, which writes nothing itself. */
  isTag: boolean;
  text: string;
}

/** Words and Liquid apart, in their order. Throws where Liquid is not closed. */
export function splitLiquid(source: string): Part[] {
  const tokens = new Tokenizer(source).readTopLevelTokens();
  return tokens.map((token) => ({ isLiquid: token.kind !== TokenKind.HTML, isTag: token.kind === TokenKind.Tag, text: source.slice(token.begin, token.end) }));
}
