import { useMessages } from '#client/languages/use-messages.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';

/** Where a role has neither a hamlet's work nor a desk. */
export function NoFieldWork() {
  const m = useMessages();
  return (
    <Page title={m.app.name}>
      <Notice tone="calm">{m.app.noFieldWork}</Notice>
      <ButtonLink href={paths.settings()}>{m.app.tabs.settings}</ButtonLink>
    </Page>
  );
}

/** A screen of another role, reached by an old link. */
export function OtherRoleWork() {
  const m = useMessages();
  return (
    <Page title={m.app.name}>
      <Notice tone="calm">{m.app.otherRoleWork}</Notice>
      <ButtonLink href={paths.today()}>{m.app.goHome}</ButtonLink>
    </Page>
  );
}

export function NotFound() {
  const m = useMessages();
  return (
    <Page title={m.app.name}>
      <Notice tone="calm">{m.app.notFound}</Notice>
      <ButtonLink href={paths.today()}>{m.app.goHome}</ButtonLink>
    </Page>
  );
}
