const known = new Map<string, string | null>();
const most = 10_000;

/** Where people wrote their zone, of the attributes trackers and files bring. */
export const zoneAttributes = ['time_zone', 'timezone', 'timeZone'] as const;

/** The zone somebody lives in, by what they or their device said, else by a country that has one; null where nobody can tell. */
export function zoneOfPerson(said: string | null, country: string | null): string | null {
  return (said && remember(`zone ${said}`, () => validZone(said))) || (country && remember(`country ${country}`, () => zoneOfCountry(country))) || null;
}

function remember(key: string, find: () => string | null): string | null {
  let found = known.get(key);
  if (found === undefined) {
    if (known.size >= most) known.clear();
    known.set(key, (found = find()));
  }
  return found;
}

function validZone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** All of China keeps the time of one zone, although the west has a name of its own. */
const oneByLaw: Readonly<Record<string, string>> = { CN: 'Asia/Shanghai' };

function zoneOfCountry(country: string): string | null {
  const code = codeOfCountry(country.trim());
  if (!code) return null;
  if (oneByLaw[code]) return oneByLaw[code];
  const zones = new Intl.Locale('und', { region: code }).getTimeZones?.() ?? [];
  return zones.length === 1 ? zones[0] : null;
}

/** By its code of two letters or its name in the product's languages. */
function codeOfCountry(country: string): string | null {
  if (/^[A-Za-z]{2}$/.test(country)) return country.toUpperCase();
  names ??= countryNames();
  return names.get(country.toLowerCase()) ?? null;
}

let names: Map<string, string> | undefined;
function countryNames(): Map<string, string> {
  const found = new Map<string, string>();
  const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n));
  const codes = letters.flatMap((a) => letters.map((b) => a + b));
  for (const locale of ['en', 'zh-Hans', 'zh-Hant']) {
    const display = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = display.of(code);
      if (name) found.set(name.toLowerCase(), code);
    }
  }
  return found;
}
