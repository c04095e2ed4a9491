import { Search } from 'lucide-react';
import styles from './search-field.module.css';

interface SearchFieldProps {
  /** Said and shown inside while empty. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <div className={styles['search']} role="search">
      <Search className={styles['icon']} size={20} aria-hidden />
      <input
        className={styles['input']}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
