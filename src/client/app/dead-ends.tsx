import { useMessages } from '#client/languages/use-messages.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';

/** Where a role has neither a hamlet's work nor a desk. */
export function NoFieldWork() {
  const m = useMessages().app;
  return <DeadEnd words={m.noFieldWork} href={paths.settings()} leadsTo={m.tabs.settings} />;
}

/** A screen of another role, reached by an old link. */
export function OtherRoleWork() {
  const m = useMessages().app;
  return <DeadEnd words={m.otherRoleWork} href={paths.today()} leadsTo={m.goHome} />;
}

export function NotFound() {
  const m = useMessages().app;
  return <DeadEnd words={m.notFound} href={paths.today()} leadsTo={m.goHome} />;
}

/** Says why there is nothing here, and leads on. */
function DeadEnd({ words, href, leadsTo }: { readonly words: string; readonly href: string; readonly leadsTo: string }) {
  return (
    <Page title={useMessages().app.name}>
      <Notice tone="calm">{words}</Notice>
      <ButtonLink href={href}>{leadsTo}</ButtonLink>
    </Page>
  );
}
