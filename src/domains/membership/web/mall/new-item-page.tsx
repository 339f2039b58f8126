import { ItemEditor } from './item-editor.tsx';

/** An item that is not there yet. */
export default function NewItemPage() {
  return <ItemEditor item={null} />;
}
