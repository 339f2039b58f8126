import '../member-page/page.css';
import { createRoot } from 'react-dom/client';
import { wearColours } from '../member-page/colours.ts';
import { loadWords } from '../member-page/words.ts';
import { currentLocale } from '../i18n/language.ts';
import { PreferencesApp } from './app.tsx';
import { isConfirming } from './ask.ts';
import { ConfirmApp } from './confirm.tsx';

const place = document.getElementById('root');
if (!place) throw new Error('preferences.html has no element with the id "root".');

wearColours();
await loadWords(currentLocale());
createRoot(place).render(isConfirming ? <ConfirmApp /> : <PreferencesApp />);
