import type { ProviderKey } from '../../contract/providers/providers.ts';
import type { Provider } from './adapter.ts';
import { smtp } from './smtp.ts';
import { webhook } from './webhook.ts';

const all: readonly Provider[] = [smtp, webhook];
const byKey = new Map(all.map((provider) => [provider.key, provider]));

/** The provider of a key. */
export function providerOf(key: ProviderKey): Provider {
  const provider = byKey.get(key);
  if (!provider) throw new Error(`no provider is called ${key}`);
  return provider;
}
