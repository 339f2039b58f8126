import { Loaded, useEndpoint, usePathParam } from '../../../../web/kit.ts';
import { readMallItem } from '../../contract.ts';
import { ItemEditor } from './item-editor.tsx';

/** Changes an item that is there already. */
export default function EditItemPage() {
  const item = useEndpoint(readMallItem, { params: { itemNo: Number(usePathParam('itemNo')) } });
  return <Loaded from={item}>{(found) => <ItemEditor item={found} />}</Loaded>;
}
