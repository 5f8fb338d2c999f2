// The pages of one result, and where one is.

import { Link } from 'wouter';
import styles from './ReviewTabs.module.css';

const pages = [{ page: 'units', label: 'Units' }, { page: 'traces', label: 'Traces' }] as const;

export function ReviewTabs({ resultId, page }: { readonly resultId: string; readonly page: 'units' | 'traces' }) {
  return (
    <nav className={styles.tabs} aria-label="Pages of this result">
      {pages.map((each) => <Link key={each.page} href={`/review/${resultId}/${each.page}`} aria-current={each.page === page ? 'page' : undefined}>{each.label}</Link>)}
    </nav>
  );
}
