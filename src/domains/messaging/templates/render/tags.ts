import { type Context, type Emitter, ForTag, type Liquid, type Parser, Tag, type TagToken, type Template, type TopLevelToken } from 'liquidjs';
import { mark, marks } from './compiled.ts';

/** What one turn of a loop costs at least, of all that a message may cost. */
const leastTurn = 200;

/**
 * A loop whose turns are paid for out of the memory a message may use, by the length of what is between its ends: so it ends after the
 * same number of turns on every machine, however busy.
 */
export class PaidLoop extends ForTag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, rest, liquid, parser);
    const end = rest.at(0)?.begin ?? token.input.length;
    const cost = leastTurn + Math.max(0, end - token.end);
    this.templates.unshift({ token, *render(ctx: Context) { ctx.memoryLimit.use(cost); } } as unknown as Template);
  }
}

/** Places that links lead to; what is found while a message is rendered. */
export interface FoundLinks {
  urls: { url: string; position: number }[];
}
export const foundKey = 'messaging.links';

const ways: ReadonlySet<string> = new Set([marks.unsubscribe, marks.preferences]);
/** What a link may lead to. Anything else, `javascript:` above all, is no link. */
const follows = /^(https?:\/\/|mailto:|tel:)[^\s<>"']+$/i;
const shows = /^(https?:\/\/|cid:)[^\s<>"']+$/i;

/** Values of people within an address may hold what an address cannot. */
const encoded = (address: string): string => address.trim().replace(/[\s<>"'\\^`{|}]/g, (character) => encodeURIComponent(character));

/**
 * `{% link 3 %}…{% endlink %}`: what is between is written without escaping, as one address, and a mark stands in its place until the message
 * is finished. `{% picture %}` is the same for an address that is only shown.
 */
export function addressTag(end: string, plain: Liquid, isFollowed: boolean): typeof Tag & (new (token: TagToken, rest: TopLevelToken[], liquid: Liquid) => Tag) {
  return class extends Tag {
    readonly inner: Template[];
    readonly position: number;

    constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
      super(token, rest, liquid);
      this.position = Number(token.args.trim() || 0);
      const from = token.end;
      let until = token.input.length;
      while (rest.length > 0) {
        const next = rest.shift();
        if (next && 'name' in next && next.name === end) {
          until = next.begin;
          break;
        }
      }
      this.inner = plain.parse(token.input.slice(from, until));
    }

    *render(ctx: Context, emitter: Emitter): Generator<unknown, void> {
      const address = encoded((yield this.liquid.renderer.renderTemplates(this.inner, ctx)) as string);
      if (ways.has(address)) emitter.write(address);
      else if (!(isFollowed ? follows : shows).test(address)) emitter.write('');
      else if (!isFollowed) emitter.write(address.replaceAll('&', '&amp;'));
      else {
        const found = ctx.getRegister<FoundLinks>(foundKey, { urls: [] });
        emitter.write(`${mark.open}${found.urls.push({ url: address, position: this.position }) - 1}${mark.close}`);
      }
    }

    *children(): Generator<unknown, Template[]> {
      return this.inner;
    }
  };
}
