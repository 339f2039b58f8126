import type { Emitter } from 'liquidjs';
import { type CompiledWords, mark } from './compiled.ts';

/** A piece of a page: text, or the number of a part that all messages of the template share. */
export type Piece = string | number;

/** Shorter parts are not worth a number. */
const leastShared = 100;

/** The parts of a page that are written as they stand between Liquid's marks: most of a mail is the same for everybody. */
export const sharedParts = ({ html }: Pick<CompiledWords, 'html'>): string[] =>
  html === null ? [] : [...new Set(html.split(/\{\{|\}\}|\{%|%\}/).filter(({ length }) => length >= leastShared))];

/** Takes a page as Liquid writes it, shared parts by their numbers. */
export class PieceEmitter implements Emitter {
  readonly buffer = '';
  length = 0;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #pieces: Piece[] = [];
  #text = '';

  constructor(numbers: ReadonlyMap<string, number>) {
    this.#numbers = numbers;
  }

  write(written: string): void {
    this.length += written.length;
    const number = written.length < leastShared ? undefined : this.#numbers.get(written);
    if (number === undefined) this.#text += written;
    else {
      this.#endText();
      this.#pieces.push(number);
    }
  }

  /** All of it; nothing can be written after. */
  end(): Piece[] {
    this.#endText();
    return this.#pieces;
  }

  #endText(): void {
    if (this.#text !== '') this.#pieces.push(this.#text);
    this.#text = '';
  }
}

const place = new RegExp(`${mark.open}(\\w+)${mark.close}`);

/** Text with marked places in it as text, name of a place, text, name of a place … */
export const splitAtPlaces = (text: string): string[] => (text.includes(mark.open) ? text.split(place) : [text]);

const kept = new WeakMap<CompiledWords, string[][]>();

/** A page's shared parts, split at the places in them; done once for each template. */
export function splitSharedParts(words: CompiledWords): string[][] {
  const split = kept.get(words) ?? sharedParts(words).map(splitAtPlaces);
  kept.set(words, split);
  return split;
}
