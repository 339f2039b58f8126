/** The engine cuts what it says of a failure at this length; the words around it are counted in. */
const longestFailure = 17 * 1024;

/**
 * An answer in bytes as it comes, but for its end, which is looked at first: when a question fails after its
 * answer has begun, the engine can only write what happened behind what it has sent, marked with the tag it
 * named in a header, and hang up (https://clickhouse.com/docs/interfaces/http, errors while an answer is streamed).
 * Throws with the engine's words and its `code`; where no tag was named, what the stream itself throws.
 */
export async function* unlessBroken(answer: AsyncIterable<Buffer>, tag: string): AsyncIterable<Buffer> {
  const held: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer) {
      held.push(chunk);
      bytes += chunk.length;
      while (bytes - held[0].length >= longestFailure) {
        bytes -= held[0].length;
        yield held.shift()!;
      }
    }
  } catch (error) {
    throw failureIn(Buffer.concat(held), tag) ?? error;
  }
  const end = Buffer.concat(held);
  const failure = failureIn(end, tag);
  if (failure) throw failure;
  if (end.length > 0) yield end;
}

function failureIn(end: Buffer, tag: string): Error | null {
  const marker = Buffer.from(`__exception__\r\n${tag}\r\n`);
  const at = tag === '' ? -1 : end.indexOf(marker);
  if (at < 0) return null;
  const words = end.toString('utf8', at + marker.length);
  return Object.assign(new Error(words.slice(0, 500)), { code: /Code: (\d+)\./.exec(words)?.[1] });
}
