/** More digits than every 64-bit number may have stand together only in texts and in numbers of no use. */
const maybeTooLong = /\d{19}/;
const mostExact = 2 ** 63;

/**
 * The JSON of properties as ClickHouse takes it: a whole number beyond 64 bits, which it would refuse
 * together with everything around it, becomes text.
 */
export function factJson(properties: object): string {
  const json = JSON.stringify(properties);
  if (!maybeTooLong.test(json)) return json;
  return JSON.stringify(properties, (_key, value: unknown) =>
    (typeof value === 'number' && Math.abs(value) >= mostExact ? String(value) : value));
}
