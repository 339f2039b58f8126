import { useState } from 'react';
import { Loaded, useEndpoint, usePathParam } from '../../../../../web/kit.ts';
import { readLibraryTag, type TagDetail } from '../../../contract.ts';
import { editedTag } from './edited-tag.ts';
import { TagEditor } from './tag-editor.tsx';

/** A tag that is there. */
export default function EditTagPage() {
  const tag = useEndpoint(readLibraryTag, { params: { tagId: Number(usePathParam('tagId')) } });
  return <Loaded from={tag}>{(shown) => <Edited key={shown.tagId} tag={shown} />}</Loaded>;
}

/** What is edited is what was opened: a reply that comes later does not change it under one's hands. */
function Edited({ tag }: { tag: TagDetail }) {
  const [edited] = useState(() => editedTag(tag));
  return <TagEditor edited={edited} />;
}
