import './page.css';
import { createRoot } from 'react-dom/client';
import { MemberPageApp } from './app.tsx';
import { wearColours } from './colours.ts';
import { currentLocale } from '../i18n/language.ts';
import { loadWords } from './words.ts';
import { openByLink } from './session.ts';

const place = document.getElementById('root');
if (!place) throw new Error('member.html has no element with the id "root".');

wearColours();
// The page's data and its texts are on their way at the same time.
const opening = openByLink();
// A failure is shown by the page once its texts are there.
opening.catch(() => undefined);
await loadWords(currentLocale());
createRoot(place).render(<MemberPageApp opening={opening} />);
