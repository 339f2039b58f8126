/** The seconds of a Retry-After header (RFC 9110, 10.2.3), which may name a moment. */
export function secondsOfRetryAfter(header: string | undefined, now: Date): number | null {
  if (/^\d{1,9}$/.test(header ?? '')) return Number(header);
  const moment = header !== undefined && /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(moment) ? null : Math.max(0, Math.ceil((moment - now.getTime()) / 1_000));
}
