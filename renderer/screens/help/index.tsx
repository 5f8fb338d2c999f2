// Help: the pages that come with the program, and all keys.

import { NavLink, ScrollArea } from '@mantine/core';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Link } from 'wouter';
import { useAsk } from '../../api/index.ts';
import { KeyTable } from '../../app/Keys.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { Page, Problem, Waiting } from '../../components/index.ts';
import styles from './help.module.css';

export default function HelpScreen({ params }: ScreenProps) {
  const { data: pages = [] } = useAsk('help.pages', {});
  const page = params.page ?? 'start';
  const title = page === 'keys' ? 'Keys' : (pages.find((each) => each.page === page)?.title ?? 'Help');
  return (
    <Page title={title} crumbs={[{ label: 'Help', route: '/help' }]} fill>
      <div className={styles.help}>
        <nav className={styles.list} aria-label="Help pages">
          {pages.map((each) => <NavLink key={each.page} component={Link} href={`/help/${each.page}`} label={each.title} active={each.page === page} aria-current={each.page === page ? 'page' : undefined} />)}
          <NavLink component={Link} href="/help/keys" label="Keys" active={page === 'keys'} aria-current={page === 'keys' ? 'page' : undefined} />
        </nav>
        <ScrollArea className={styles.page} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}>
          {page === 'keys' ? <KeyTable /> : <Text page={page} />}
        </ScrollArea>
      </div>
    </Page>
  );
}

function Text({ page }: { readonly page: string }) {
  const { data, error, refetch } = useAsk('help.page', { page });
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting what="the page" />;
  return (
    <article className={styles.text}>
      <Markdown remarkPlugins={[remarkGfm]} components={{ a: ({ href = '', children }) => <HelpLink href={href}>{children}</HelpLink>, h1: 'h2', h2: 'h3', h3: 'h4' }}>{data.markdown}</Markdown>
    </article>
  );
}

/** Pages link to each other as `other.md`; addresses elsewhere are shown, not followed: the program opens no web pages. */
function HelpLink({ href, children }: { readonly href: string; readonly children?: React.ReactNode }) {
  const match = /^([a-z-]+)\.md/.exec(href);
  if (match) return <Link href={`/help/${match[1]}`}>{children}</Link>;
  if (href.startsWith('#/')) return <Link href={href.slice(1)}>{children}</Link>;
  return <span>{children} <code>{href}</code></span>;
}
