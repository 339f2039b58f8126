/** What a delivery report (RFC 3464) or a complaint (RFC 5965) says. */
export type MailReport =
  | { kind: 'delivery'; to: string; recipient: string | null; action: string; status: string }
  | { kind: 'complaint'; to: string; recipient: string | null; type: string };

const mostParts = 50;

/** Lines of a head with what is folded unfolded; only the first of a name counts. */
function headOf(text: string): Map<string, string> {
  const lines = text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const head = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).trim().toLowerCase();
    if (at > 0 && !head.has(name)) head.set(name, line.slice(at + 1).trim());
  }
  return head;
}

function partsOf(mail: string): { head: Map<string, string>; body: string } {
  const at = /\r?\n\r?\n/.exec(mail);
  return at ? { head: headOf(mail.slice(0, at.index)), body: mail.slice(at.index + at[0].length) } : { head: headOf(mail), body: '' };
}

/** The last word of a line, with or without angle brackets, where it is an address. */
function addressIn(text = ''): string | null {
  const word = text.trimEnd().split(/[\s;<]/).at(-1)?.replace(/>$/, '') ?? '';
  return /^[^\s<>;@]{1,64}@[^\s<>;@]{1,255}$/.test(word) ? word : null;
}

/** Reads a report as it came; null for a mail that is none, as an answer of somebody who is away. */
export function readReport(mail: string): MailReport | null {
  const { head, body } = partsOf(mail);
  const type = head.get('content-type') ?? '';
  const boundary = /boundary="?([^";\s]{1,100})"?/i.exec(type)?.[1];
  const to = addressIn(head.get('to'));
  if (!/^multipart\/report/i.test(type) || boundary === undefined || to === null) return null;
  for (const part of body.split(`--${boundary}`).slice(1, mostParts)) {
    const { head: partHead, body: partBody } = partsOf(part.replace(/^\r?\n/, ''));
    const kind = partHead.get('content-type') ?? '';
    if (/^message\/(?:global-)?delivery-status/i.test(kind)) return deliveryOf(partBody, to);
    if (/^message\/feedback-report/i.test(kind)) {
      const said = headOf(partBody);
      return { kind: 'complaint', to, recipient: addressIn(said.get('original-rcpt-to')), type: said.get('feedback-type') ?? 'abuse' };
    }
  }
  return null;
}

/** The fields about the message stand first, then groups of fields, one for each recipient; a mail of ours has one. */
function deliveryOf(body: string, to: string): MailReport | null {
  const group = body.split(/\r?\n\r?\n/).map(headOf).find((fields) => fields.has('action'));
  if (!group) return null;
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(group.get('status') ?? '')?.[0] ?? '';
  return { kind: 'delivery', to, recipient: addressIn(group.get('original-recipient')) ?? addressIn(group.get('final-recipient')), action: (group.get('action') ?? '').toLowerCase().split(/\s/)[0], status };
}
