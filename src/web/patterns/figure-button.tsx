import styles from './figure-button.module.css';

/** A number that opens what is behind it; it stands as numbers stand. */
export function FigureButton({ text, label, onClick }: { text: string; label: string; onClick: () => void }) {
  return <button type="button" className={styles.figure} aria-label={label} onClick={onClick}>{text}</button>;
}
